import { AsyncLocalStorage } from 'node:async_hooks';
import type { Link } from './link.ts';

/** A request that is, or was, being answered. */
export interface Current {
  /** Unique in this process. */
  readonly id: string;
  readonly link: Link;
  logs: number;
  spans: number;
}

/** Knows which request the running code works for. */
export interface Currents {
  begin(link: Link): Current;
  run<T>(current: Current, body: () => T): T;
  get(): Current | undefined;
  /** The request of a trace, also a while after its end: spans are told late. */
  ofTrace(traceId: string): Current | undefined;
}

/** Traces that are remembered. */
const MAX_TRACES = 5_000;

/** Follows requests through callbacks and promises. */
export function createCurrents(): Currents {
  const storage = new AsyncLocalStorage<Current>();
  const traces = new Map<string, Current>();
  let count = 0;
  return {
    begin(link) {
      const current: Current = { id: `b${++count}`, link, logs: 0, spans: 0 };
      if (link.traceId) traces.set(link.traceId, current);
      if (traces.size > MAX_TRACES) {
        const [oldest] = traces.keys();
        if (oldest !== undefined) traces.delete(oldest);
      }
      return current;
    },
    run: (current, body) => storage.run(current, body),
    get: () => storage.getStore(),
    ofTrace: (traceId) => traces.get(traceId),
  };
}
