/** Milliseconds since epoch, whole, never going back within a page. */
export interface Clock {
  now(): number;
  /** The time of a `performance` entry or of an event's `timeStamp`. */
  at(performanceMs: number): number;
  /** How long the computer slept since it was asked last, as far as this clock did not go on meanwhile; else 0. */
  slept(): number;
  /** Goes on by so much: what was slept through counts, from here on. */
  skip(ms: number): void;
}

/** Less is a correction of the system's clock, or nothing. */
const SLEEP_MS = 60_000;

/**
 * The page's monotonic clock: the start of the page as the system clock had it, plus what has passed since. Most browsers
 * stop it while the computer sleeps; the system's clock then runs ahead by that time.
 */
export function pageClock(performance: Performance, systemNow: () => number): Clock {
  let origin = performance.timeOrigin;
  const ahead = () => systemNow() - performance.now();
  let known = ahead();
  const at = (performanceMs: number) => Math.round(origin + performanceMs);
  return {
    now: () => at(performance.now()),
    at,
    slept() {
      const ms = Math.round(ahead() - known);
      known += ms;
      return ms >= SLEEP_MS ? ms : 0;
    },
    skip(ms) {
      origin += ms;
    },
  };
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
