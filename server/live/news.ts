/** What there can be news of: a project, or one session of it. Neither id can hold a space. */
export const topicOf = (project: string, session?: string): string =>
  session === undefined ? project : `${project} ${session}`;

/** Wakes readers that wait for something new of a topic. */
export interface News {
  /** Something new of a topic can be read. */
  announce(topic: string): void;
  /**
   * Resolves with the next announcement, after `waitMs`, when the reader is gone, or when the server closes; whichever is first.
   * @returns false, at once, when too many wait already.
   */
  wait(topic: string, waitMs: number, gone: AbortSignal): Promise<boolean>;
  /** Lets all go, now and from now on. */
  close(): void;
}

/** Each one is an open connection. */
const MAX_WAITING = 1000;

/** News in this process. */
export function createNews(): News {
  const waiting = new Map<string, Set<() => void>>();
  let count = 0;
  let isClosed = false;

  function wake(topic: string): void {
    for (const done of [...(waiting.get(topic) ?? [])]) done();
  }

  return {
    announce: wake,
    wait(topic, waitMs, gone) {
      if (isClosed || gone.aborted) return Promise.resolve(true);
      if (count >= MAX_WAITING) return Promise.resolve(false);
      return new Promise((resolve) => {
        const readers = waiting.get(topic) ?? new Set();
        const done = (): void => {
          if (!readers.delete(done)) return;
          count -= 1;
          if (readers.size === 0) waiting.delete(topic);
          clearTimeout(timer);
          gone.removeEventListener('abort', done);
          resolve(true);
        };
        const timer = setTimeout(done, waitMs);
        gone.addEventListener('abort', done, { once: true });
        waiting.set(topic, readers.add(done));
        count += 1;
      });
    },
    close() {
      isClosed = true;
      for (const topic of [...waiting.keys()]) wake(topic);
    },
  };
}
