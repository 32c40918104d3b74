import type { NetworkOptions } from '../options.ts';
import type { Place } from '../session/place.ts';
import { SESSION_HEADER, traceIdOf } from './headers.ts';

type Pair = readonly [name: string, value: string];

/** By which headers the backend knows which request of which recording it answers. */
export interface Trace {
  readonly traceId: string | undefined;
  /** To be sent beside the page's own. */
  readonly headers: readonly Pair[];
}

/** Decides which requests carry such headers: those to the page's own origin, and to addresses that were named. */
export type Tracing = (address: string, own: Iterable<Pair>, place: Place, request: string) => Trace;

/** What deciding needs from outside. */
export interface TracingDeps {
  readonly origin: string;
  readonly newId: () => string;
  /** Nothing is recorded just now, so the backend must record nothing either. */
  readonly isSilent: () => boolean;
}

/** Whether an address begins with a name, and not only with its letters: `https://api.test` is no beginning of `https://api.test.evil`. */
const beginsWith = (address: string, name: string): boolean =>
  address.startsWith(name) && (/[/?#=&]$/.test(name) || /^(?:$|[/?#])/.test(address.slice(name.length)));

/** @param names beginnings of addresses, or expressions they match; false for none, not even the own origin. */
export function createTracing(
  { origin, newId, isSilent }: TracingDeps,
  names: NonNullable<NetworkOptions['trace']> = [],
): Tracing {
  const isNamed = (address: string): boolean =>
    names !== false &&
    /^https?:/.test(address) &&
    (address.startsWith(`${origin}/`) ||
      names.some((name) => (typeof name === 'string' ? beginsWith(address, name) : address.search(name) >= 0)));
  return (address, own, { session, generation }, request) => {
    const known = traceIdOf(own);
    if (isSilent() || !isNamed(address)) return { traceId: known, headers: [] };
    const link: Pair = [SESSION_HEADER, `${session}.${generation}.${request}`];
    if (known) return { traceId: known, headers: [link] };
    const traceId = newId();
    // Sampled: a backend that asks its caller would otherwise trace nothing that a person does.
    return { traceId, headers: [['traceparent', `00-${traceId}-${newId().slice(0, 16)}-01`], link] };
  };
}

/**
 * The arguments of a `fetch` with more headers. A `Request` gives its referrer away when it gets other headers, so it is
 * said again. An `init` that is no plain object is left alone.
 */
export function withHeaders(args: readonly unknown[], more: readonly Pair[]): readonly unknown[] {
  const [input, init] = args as [RequestInfo | URL, RequestInit | null | undefined];
  if (args.length === 0 || more.length === 0 || (init && Object.getPrototypeOf(init) !== Object.prototype)) return args;
  const request = typeof input === 'object' && 'headers' in input ? input : undefined;
  const headers = new Headers(init?.headers ?? request?.headers);
  for (const [name, value] of more) headers.set(name, value);
  const { referrer, referrerPolicy } = request ?? {};
  return [input, { ...(request && { referrer, referrerPolicy }), ...init, headers }];
}
