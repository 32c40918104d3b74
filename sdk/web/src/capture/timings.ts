import type { CapturedTiming } from '../../../../shared/model/captured-performance.ts';
import type { Emit } from '../captured.ts';
import type { Clock } from '../clock.ts';
import type { Scope } from '../scope.ts';
import { observe } from './observe.ts';

/** Requests that wait for their measurement. */
export interface Timings {
  /** @param address absolute. @param sentMs of `performance.now()`. */
  expect(id: string, address: string, sentMs: number): void;
  /** A new generation has its own ids: what was sent before is nobody's. */
  forget(): void;
}

/** How long after the call a browser may start the request (a busy thread, a stream to be read). */
const START_MS = 50;
/** Rounding of times by the browser. */
const ROUNDING_MS = 1;
const MAX_WAITING = 200;

/** Parts of a millisecond are noise; parts that took none are left out. */
function part(from: number, to: number): number | undefined {
  const ms = Math.round((to - from) * 10) / 10;
  return from > 0 && ms > 0 ? ms : undefined;
}

/** One entry as it is recorded. Without permission of the other origin all inner times are 0. */
export function timingOf(id: string, entry: PerformanceResourceTiming, clock: Clock): CapturedTiming {
  const { startTime, duration, requestStart, responseStart, workerStart, secureConnectionStart } = entry;
  const base = { id, at: clock.at(startTime), totalMs: Math.round(duration * 10) / 10 };
  if (requestStart === 0 && responseStart === 0) return base;
  const { domainLookupStart, domainLookupEnd, connectStart, connectEnd, fetchStart } = entry;
  const queue = domainLookupStart - fetchStart + (requestStart - connectEnd);
  const cached = entry.transferSize === 0 && entry.decodedBodySize > 0;
  const facts = {
    ...base,
    redirectMs: part(entry.redirectStart, entry.redirectEnd),
    workerMs: part(workerStart, fetchStart),
    queueMs: part(1, 1 + queue),
    dnsMs: part(domainLookupStart, domainLookupEnd),
    connectMs: part(connectStart, connectEnd),
    tlsMs: part(secureConnectionStart, connectEnd),
    waitMs: part(requestStart, responseStart),
    downloadMs: part(responseStart, entry.responseEnd),
    protocol: entry.nextHopProtocol || undefined,
    ...{ transferBytes: entry.transferSize, encodedBytes: entry.encodedBodySize, decodedBytes: entry.decodedBodySize },
    cached: cached || undefined,
    worker: workerStart > 0 || undefined,
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as typeof base;
}

const withoutFragment = (address: string): string => address.split('#', 1)[0] ?? '';

/**
 * Joins the browser's measurements to the requests they measure. The browser does not say which call an entry is of: it is
 * known only where exactly one request of that address was sent just before the entry begins. Otherwise there is no timing.
 */
export function createTimings(scope: Scope, { emit, clock }: { readonly emit: Emit; readonly clock: Clock }): Timings {
  let waiting: { id: string; address: string; sentMs: number }[] = [];
  observe<PerformanceResourceTiming>(scope, { type: 'resource', buffered: false }, (entries) => {
    for (const entry of entries) {
      const { startTime } = entry;
      const candidates = waiting.filter(
        ({ address, sentMs }) =>
          address === withoutFragment(entry.name) &&
          startTime >= sentMs - ROUNDING_MS &&
          startTime <= sentMs + START_MS,
      );
      const [only] = candidates;
      if (!only || candidates.length > 1) continue;
      waiting = waiting.filter((one) => one !== only);
      emit('timing', timingOf(only.id, entry, clock));
    }
  });
  return {
    expect(id, address, sentMs) {
      waiting.push({ id, address: withoutFragment(address), sentMs });
      if (waiting.length > MAX_WAITING) waiting.shift();
    },
    forget() {
      waiting = [];
    },
  };
}
