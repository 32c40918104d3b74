import type { IncomingMessage } from 'node:http';
import type { Errors } from '../capture/errors.ts';
import type { Requests } from '../capture/requests.ts';
import type { Guard } from '../guard.ts';
import type { ExpressErrorHandler, ExpressHandler } from '../shapes.ts';

interface Routed {
  readonly baseUrl?: string;
  readonly route?: { readonly path?: unknown };
}

/** Where the request was routed to in the end: `/shop/orders/:id`. Of routers in routers Express tells what was matched, not the pattern. */
const routeOf = (request: IncomingMessage): string | undefined => {
  const { baseUrl = '', route } = request as Routed;
  return typeof route?.path === 'string' ? baseUrl + route.path : undefined;
};

/** See `Backend.express`. */
export const expressHandler =
  (requests: Requests): ExpressHandler =>
  (request, response, next) =>
    requests.follow(
      request,
      response,
      () => routeOf(request),
      () => next(),
    );

/** See `Backend.expressErrors`. */
export const expressErrorHandler =
  (errors: Errors, guard: Guard): ExpressErrorHandler =>
  (error, _request, _response, next) => {
    if (guard.active) guard.run(() => errors.record('request', error));
    next(error);
  };
