import type { SessionKey } from '../../../shared/model/identity.ts';

/** Tells those who wait that more of a recording is in the library. */
export interface Arrivals {
  /** New chunks of these sessions can be read, or the sessions are gone. */
  arrived(keys: readonly SessionKey[]): void;
  /** Resolves with the next arrival, or when `signal` says so. */
  next(key: SessionKey, signal: AbortSignal): Promise<void>;
}

export function createArrivals(): Arrivals {
  const waiting = new Map<SessionKey, Set<() => void>>();
  return {
    arrived: (keys) => {
      for (const key of keys) for (const done of [...(waiting.get(key) ?? [])]) done();
    },
    next: (key, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const readers = waiting.get(key) ?? new Set();
        const done = (): void => {
          readers.delete(done);
          if (readers.size === 0) waiting.delete(key);
          signal.removeEventListener('abort', done);
          resolve();
        };
        waiting.set(key, readers.add(done));
        signal.addEventListener('abort', done, { once: true });
      }),
  };
}
