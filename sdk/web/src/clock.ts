/** Milliseconds since epoch, whole, never going back within a page. */
export interface Clock {
  now(): number;
  /** The time of a `performance` entry or of an event's `timeStamp`. */
  at(performanceMs: number): number;
}

/** The page's monotonic clock: the start of the page as the system clock had it, plus what has passed since. */
export function pageClock(performance: Performance): Clock {
  const origin = performance.timeOrigin;
  const at = (performanceMs: number) => Math.round(origin + performanceMs);
  return { now: () => at(performance.now()), at };
}

/** Timers as the page had them before anything was wrapped. */
export interface Timers {
  set(body: () => void, delayMs: number): unknown;
  clear(timer: unknown): void;
}

/** The browser's timers. Our own timers must not inherit what an action of the page caused. */
export function pageTimers(page: Window): Timers {
  const set = page.setTimeout.bind(page);
  const clear = page.clearTimeout.bind(page);
  return { set: (body, delayMs) => set(body, delayMs), clear: (timer) => clear(timer as number) };
}
