/** Wakes readers that wait for something new in a project. */
export interface News {
  /** Something new of a project can be read. */
  announce(project: string): void;
  /**
   * Resolves with the next announcement, after `waitMs`, when the reader is gone, or when the server closes; whichever is first.
   * @returns false, at once, when too many wait already.
   */
  wait(project: string, waitMs: number, gone: AbortSignal): Promise<boolean>;
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

  function wake(project: string): void {
    for (const done of [...(waiting.get(project) ?? [])]) done();
  }

  return {
    announce: wake,
    wait(project, waitMs, gone) {
      if (isClosed || gone.aborted) return Promise.resolve(true);
      if (count >= MAX_WAITING) return Promise.resolve(false);
      return new Promise((resolve) => {
        const readers = waiting.get(project) ?? new Set();
        const done = (): void => {
          if (!readers.delete(done)) return;
          count -= 1;
          if (readers.size === 0) waiting.delete(project);
          clearTimeout(timer);
          gone.removeEventListener('abort', done);
          resolve(true);
        };
        const timer = setTimeout(done, waitMs);
        gone.addEventListener('abort', done, { once: true });
        waiting.set(project, readers.add(done));
        count += 1;
      });
    },
    close() {
      isClosed = true;
      for (const project of [...waiting.keys()]) wake(project);
    },
  };
}
