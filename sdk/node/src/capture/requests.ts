import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CapturedBackendRequest } from '../../../../shared/model/captured-backend.ts';
import type { HeaderFilter } from '../../../web/src/capture/headers.ts';
import { cut } from '../../../web/src/captured.ts';
import { maskUrl } from '../../../web/src/privacy/url.ts';
import type { Emit } from '../captured.ts';
import type { Current, Currents } from '../current.ts';
import type { Guard } from '../guard.ts';
import { headerOf, type Link, linkOf } from '../link.ts';

/** What is known of an answer at its end. */
export interface End {
  readonly end: CapturedBackendRequest['end'];
  readonly status?: number | undefined;
  readonly route?: string | undefined;
  readonly headers?: Iterable<readonly [string, string]>;
}

/** A request while it is answered. */
export interface Tracked {
  readonly current: Current;
  headWritten(): void;
  /** Records it, once. */
  done(end: End): void;
}

/** Records requests of recorded sessions. */
export interface Requests {
  begin(link: Link, asked: { method: string; url: string; headers: Iterable<readonly [string, string]> }): Tracked;
  /** Runs what answers a request of `node:http`, and records it when the connection is done with it. */
  follow<T>(request: IncomingMessage, response: ServerResponse, route: () => string | undefined, answer: () => T): T;
  /** The process ends: what is being answered never will be. */
  abandon(): void;
}

/** What recording requests needs. */
export interface RequestsDeps {
  readonly emit: Emit;
  readonly currents: Currents;
  readonly guard: Guard;
  readonly headers: HeaderFilter;
  readonly now: () => number;
  /** Ms on a clock that is never set. */
  readonly monotonic: () => number;
}

/** Headers as `node:http` has them, flat. */
const flat = (headers: object): [string, string][] =>
  Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : String(value)]],
  );

/** The headers among the arguments of `writeHead`, which are not found on the response afterwards. */
function headersWritten(args: readonly unknown[]): [string, string][] {
  const given = args.find((arg) => typeof arg === 'object' && arg !== null);
  if (!given) return [];
  if (!Array.isArray(given)) return flat(given);
  if (Array.isArray(given[0])) return flat(Object.fromEntries(given));
  return given.flatMap((name, i): [string, string][] =>
    i % 2 === 0 ? [[String(name).toLowerCase(), String(given[i + 1])]] : [],
  );
}

const lengthOf = (headers: Iterable<readonly [string, string]>): number | undefined => {
  const bytes = Number(headerIn(headers, 'content-length') ?? Number.NaN);
  return Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : undefined;
};

const headerIn = (headers: Iterable<readonly [string, string]>, name: string): string | null => {
  for (const [key, value] of headers) if (key === name) return value;
  return null;
};

/** See `Requests`. */
export function createRequests({ emit, currents, guard, headers: filter, now, monotonic }: RequestsDeps): Requests {
  const open = new Set<Tracked>();
  /** A request that comes through two of our adapters is one. */
  const seen = new WeakSet<IncomingMessage>();

  const begin: Requests['begin'] = (link, { method, url, headers: asked }) => {
    const current = currents.begin(link);
    const [startedAt, from] = [now(), monotonic()];
    let headMs: number | undefined;
    const tracked: Tracked = {
      current,
      headWritten() {
        headMs ??= monotonic() - from;
      },
      done({ end, status, route, headers: answered = [] }) {
        if (!open.delete(tracked)) return;
        const durationMs = monotonic() - from;
        const [requestHeaders, responseHeaders] = [filter.keep(asked), filter.keep(answered)];
        const facts = {
          ...{ id: current.id, page: link.page, traceId: link.traceId },
          ...{ method: cut(method.toUpperCase(), 20), url: cut(maskUrl(url), 2_000) },
          route: route === undefined ? undefined : cut(maskUrl(route), 500),
          ...{ status, startedAt, headAt: headMs === undefined ? undefined : startedAt + Math.round(headMs), end },
          ...{
            durationMs,
            requestBytes: lengthOf(asked),
            responseBytes: lengthOf(answered),
            requestHeaders,
            responseHeaders,
          },
        };
        const known = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
        emit(link.session, 'request', known as CapturedBackendRequest);
      },
    };
    open.add(tracked);
    return tracked;
  };

  /** Handlers of the request's events run for the request, though they are called from the connection. */
  const bind = (emitter: IncomingMessage, current: Current): void => {
    const { emit: tell } = emitter;
    emitter.emit = (...args: [string | symbol, ...unknown[]]) =>
      currents.run(current, () => Reflect.apply(tell, emitter, args) as boolean);
  };

  const watch = (
    request: IncomingMessage,
    response: ServerResponse,
    route: () => string | undefined,
  ): Tracked | undefined => {
    const link = linkOf(headerOf(request.headers));
    if (!link || !guard.active || seen.has(request)) return undefined;
    seen.add(request);
    // Frameworks change `url` on the way; Express keeps the whole one.
    const { originalUrl = request.url } = request as IncomingMessage & { readonly originalUrl?: string };
    const tracked = begin(link, {
      ...{ method: request.method ?? 'GET', url: String(originalUrl ?? ''), headers: flat(request.headers) },
    });
    bind(request, tracked.current);
    const { writeHead } = response;
    let written: [string, string][] = [];
    response.writeHead = (...args: unknown[]) => {
      guard.run(() => {
        tracked.headWritten();
        written = headersWritten(args);
      });
      return Reflect.apply(writeHead, response, args) as ServerResponse;
    };
    response.once('close', () => {
      guard.run(() => {
        const headers = [...written, ...flat(response.getHeaders())];
        const isWhole = response.writableFinished;
        const status = response.headersSent ? response.statusCode : undefined;
        tracked.done({ end: isWhole ? 'answered' : 'cut', status, route: guard.run(route), headers });
      });
    });
    return tracked;
  };

  return {
    begin,
    follow(request, response, route, answer) {
      const tracked = guard.run(() => watch(request, response, route));
      return tracked ? currents.run(tracked.current, answer) : answer();
    },
    abandon() {
      for (const tracked of [...open]) tracked.done({ end: 'open' });
    },
  };
}
