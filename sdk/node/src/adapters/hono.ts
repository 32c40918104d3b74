import type { Errors } from '../capture/errors.ts';
import type { Requests, Tracked } from '../capture/requests.ts';
import type { Currents } from '../current.ts';
import type { Guard } from '../guard.ts';
import { linkOf } from '../link.ts';
import type { HonoHandler } from '../shapes.ts';

/** The path of an address, as it stands in it. */
const pathOf = (url: string): string => url.replace(/^[a-z]+:\/\/[^/]*/i, '');

/** See `Backend.hono`. The answer's body is Hono's to send: its time is not part of the duration. */
export const honoHandler =
  (requests: Requests, errors: Errors, currents: Currents, guard: Guard): HonoHandler =>
  async (context, next) => {
    const { raw } = context.req;
    const tracked = guard.run((): Tracked | undefined => {
      const link = guard.active ? linkOf((name) => raw.headers.get(name) ?? undefined) : undefined;
      return link && requests.begin(link, { method: raw.method, url: pathOf(raw.url), headers: raw.headers });
    });
    if (!tracked) return next();
    try {
      await currents.run(tracked.current, next);
    } finally {
      guard.run(() => {
        if (context.error) errors.record('request', context.error, tracked.current);
        tracked.headWritten();
        const { status, headers } = context.res;
        tracked.done({ end: 'answered', status, route: context.req.routePath, headers });
      });
    }
  };
