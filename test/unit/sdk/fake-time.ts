import type { Timers } from '../../../sdk/web/src/clock.ts';

/** Time that passes only when told to. */
export interface FakeTime {
  readonly timers: Timers;
  readonly now: () => number;
  /** Runs what is due within `ms`, in order, and lets promises settle in between. */
  pass(ms: number): Promise<void>;
}

/** Starts at `at`. */
export function fakeTime(at = 1_000_000): FakeTime {
  let now = at;
  const due = new Map<object, { at: number; body: () => void }>();
  const settle = async () => {
    for (let i = 0; i < 30; i++) await Promise.resolve();
  };
  return {
    now: () => now,
    timers: {
      set(body, delayMs) {
        const timer = {};
        due.set(timer, { at: now + delayMs, body });
        return timer;
      },
      clear: (timer) => void due.delete(timer as object),
    },
    async pass(ms) {
      const end = now + ms;
      await settle();
      for (;;) {
        const [next] = [...due].filter(([, one]) => one.at <= end).sort(([, a], [, b]) => a.at - b.at);
        if (!next) break;
        due.delete(next[0]);
        now = Math.max(now, next[1].at);
        next[1].body();
        await settle();
      }
      now = end;
    },
  };
}
