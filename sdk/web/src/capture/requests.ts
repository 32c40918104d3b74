import type { CapturedRequest } from '../../../../shared/model/captured.ts';
import { cut, type Emit } from '../captured.ts';
import type { Clock } from '../clock.ts';
import { maskUrl } from '../privacy/url.ts';
import type { Place } from '../session/place.ts';
import type { Bodies } from './bodies.ts';
import type { Cause, Causes } from './causes.ts';
import type { HeaderFilter } from './headers.ts';
import { shapeOf } from './shape.ts';
import type { Trace, Tracing } from './trace.ts';

/** One request on its way. */
export interface Tracked {
  readonly base: Pick<CapturedRequest, 'id' | 'kind' | 'method' | 'url' | 'order' | 'action'>;
  readonly sentAt: number;
  readonly place: Place;
  /** Absolute and as it is: never recorded. */
  readonly address: string;
  /** To be sent along, so that the backend knows what it answers. */
  readonly headers: Trace['headers'];
  /** Set with the last phase: nothing follows it. */
  done: boolean;
}

type Pairs = Iterable<readonly [name: string, value: string]>;

/** A request as the page makes it. */
export interface Sending {
  readonly kind: CapturedRequest['kind'];
  readonly method: string;
  readonly url: string;
  readonly body?: unknown;
  readonly headers?: Pairs;
}

/** What is known of an answer's head or body. */
export interface Facts {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly responseBytes?: number | undefined;
  readonly shape?: string | undefined;
  readonly headers?: Pairs | undefined;
  /** As the page read it. */
  readonly body?: unknown;
}

/** Follows requests of all kinds through their phases. Durations count from sending. */
export interface Requests {
  /** @returns undefined for the SDK's own traffic, which is not recorded. */
  sent(sending: Sending): Tracked | undefined;
  received(request: Tracked, facts: Facts): void;
  consumed(request: Tracked, facts: Facts): void;
  /** @param thrown what the page is given for it. */
  failed(request: Tracked, failure: NonNullable<CapturedRequest['failure']>, thrown?: unknown): void;
  /** Code that uses the answer runs from here to the end of the task. */
  enter(request: Tracked): void;
}

/** What following requests needs. */
export interface RequestsDeps {
  readonly emit: Emit;
  readonly clock: Clock;
  readonly causes: Causes;
  readonly place: () => Place;
  /** The recorder's server: traffic to it is left out. */
  readonly server: string;
  readonly baseUrl: () => string;
  readonly headers: HeaderFilter;
  readonly tracing: Tracing;
  readonly bodies: Bodies;
  readonly onSent: (request: Tracked) => void;
  /** The page is being left: the browser drops what it still asks for, which is no failure of the network. */
  readonly left: () => boolean;
}

const resolve = (address: string, base: string): string => {
  try {
    return new URL(address, base).href;
  } catch {
    return address; // not an address: the page's call fails, and its failure is recorded
  }
};

/** A record without the fields that are undefined. */
const known = <T extends object>(facts: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as never;

/** See `Requests`. */
export function createRequests(deps: RequestsDeps): Requests {
  const { emit, clock, causes, place, server, baseUrl, onSent, tracing } = deps;
  const phase = (request: Tracked, facts: Omit<CapturedRequest, keyof Tracked['base']>): void => {
    // A visit may have ended meanwhile; its successor has its own numbers.
    if (request.place !== place()) return;
    emit('request', { ...request.base, ...facts, durationMs: clock.now() - request.sentAt });
  };
  /** What is recorded of headers and body. */
  const content = (address: string, { headers, body }: Pick<Facts, 'headers' | 'body'>) =>
    known({ headers: headers && deps.headers.keep(headers), body: deps.bodies.keep(address, body) });
  const recorded = (request: Tracked, { headers, body, ...facts }: Facts) => ({
    ...known(facts),
    ...content(request.address, { headers, body }),
  });
  const causeOf = ({ base, sentAt }: Tracked): Cause => ({ action: base.action, request: base.id, at: sentAt });
  return {
    sent({ kind, method, url, body, headers = [] }) {
      const address = resolve(url, baseUrl());
      if (address.startsWith(`${server}/v1/batches`)) return undefined;
      const here = place();
      const order = here.nextOrder++;
      const { action, request: after, timer } = causes.current() ?? {};
      const base = {
        id: `r${order}`,
        ...{ kind, method: cut(method.toUpperCase(), 20), url: cut(maskUrl(address), 2_000), order },
        ...(action === undefined ? {} : { action }),
      };
      // A beacon takes no headers.
      const trace = kind === 'beacon' ? undefined : tracing(address, headers, here, base.id);
      const facts = known({ after, timer, requestBytes: bodyBytes(body), traceId: trace?.traceId });
      emit('request', { ...base, phase: 'sent', ...facts, ...content(address, { headers, body }) });
      const request = { base, sentAt: clock.now(), place: here, address, headers: trace?.headers ?? [], done: false };
      onSent(request);
      return request;
    },
    received(request, facts) {
      if (!request.done) phase(request, { phase: 'received', ...recorded(request, facts) });
    },
    consumed(request, facts) {
      if (!request.done) phase(request, { phase: 'consumed', ...recorded(request, facts) });
      request.done = true;
    },
    failed(request, failure, thrown) {
      causes.blame(thrown, causeOf(request));
      const dropped = failure === 'network' && deps.left();
      if (!request.done) phase(request, { phase: 'failed', failure: dropped ? 'aborted' : failure });
      request.done = true;
    },
    enter: (request) => causes.enter(causeOf(request)),
  };
}

/** Largest JSON text that is parsed a second time for its shape: about a millisecond. */
const MAX_PARSED_CHARS = 64 * 1024;

/** `application/json` and its relatives (`application/problem+json`). */
export const isJson = (contentType: string | undefined): boolean => /[/+]json$/i.test(contentType ?? '');

/** The shape of a JSON text, when it is one and of moderate size. */
export function shapeOfText(text: string, contentType: string | undefined): string | undefined {
  if (!isJson(contentType) || text.length > MAX_PARSED_CHARS) return undefined;
  try {
    return shapeOf(JSON.parse(text));
  } catch {
    return undefined; // not JSON after all: there is no shape
  }
}

/** The media type without its parameters. */
export const mediaType = (header: string | null): string | undefined =>
  header ? cut(header.split(';', 1)[0]?.trim() ?? '', 100) : undefined;

/** A `content-length` header. */
export const byteLength = (header: string | null): number | undefined => {
  const length = header === null ? Number.NaN : Number(header);
  return Number.isSafeInteger(length) && length >= 0 ? length : undefined;
};

/** Bytes of a request body, where they can be known without reading it. */
export function bodyBytes(body: unknown): number | undefined {
  if (typeof body === 'string')
    return body.length > MAX_PARSED_CHARS ? body.length : new TextEncoder().encode(body).length;
  if (body instanceof Blob) return body.size;
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return body.byteLength;
  if (body instanceof URLSearchParams) return body.toString().length;
  return undefined;
}
