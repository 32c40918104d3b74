/**
 * One request seen from both sides: what must be added to the backend's clock to get the page's lies between `lowMs` (it
 * cannot have come before the page sent it) and `highMs` (it cannot have been answered after the page had the answer).
 */
export interface Bracket {
  /** By the backend's clock. */
  readonly at: number;
  readonly lowMs: number;
  /** Infinite when the page never had the answer. */
  readonly highMs: number;
}

/** What to add to a time of the backend's clock; null when no request says so. */
export type ClockOffset = (at: number) => number | null;

interface Run {
  readonly firstAt: number;
  lastAt: number;
  lowMs: number;
  highMs: number;
}

/** Both clocks count whole milliseconds. */
const ROUNDING_MS = 1;

/** The middle is wrong by at most half the width; of an open bracket the smallest correction is taken. */
const offsetOf = ({ lowMs, highMs }: Run): number =>
  Number.isFinite(highMs) ? (lowMs + highMs) / 2 : Math.max(0, lowMs);

/**
 * How far a backend's clock is from the page's, from the requests both recorded: all brackets together leave a narrow one
 * (the idea of Cristian's algorithm, 1989). Where a clock was set meanwhile no offset fits all; then each stretch has its
 * own, and what lies between takes that of the nearer.
 */
export function readClockOffset(brackets: readonly Bracket[]): ClockOffset {
  const runs: Run[] = [];
  // What contradicts itself says nothing.
  const usable = brackets.filter(({ lowMs, highMs }) => highMs - lowMs >= -2 * ROUNDING_MS);
  for (const { at, lowMs, highMs } of usable.toSorted((a, b) => a.at - b.at)) {
    const run = runs.at(-1);
    const low = Math.max(run?.lowMs ?? Number.NEGATIVE_INFINITY, lowMs - ROUNDING_MS);
    const high = Math.min(run?.highMs ?? Number.POSITIVE_INFINITY, highMs + ROUNDING_MS);
    if (run && low <= high) Object.assign(run, { lastAt: at, lowMs: low, highMs: high });
    else runs.push({ firstAt: at, lastAt: at, lowMs: lowMs - ROUNDING_MS, highMs: highMs + ROUNDING_MS });
  }
  return (at) => {
    let best: Run | undefined;
    let distance = Number.POSITIVE_INFINITY;
    for (const run of runs) {
      const away = Math.max(run.firstAt - at, at - run.lastAt, 0);
      if (away < distance) [best, distance] = [run, away];
    }
    return best ? offsetOf(best) : null;
  };
}
