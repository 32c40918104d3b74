/** Events `first` to `end - 1`. */
export interface Interval {
  readonly first: number;
  readonly end: number;
}

/** Which events of a generation are there. */
export interface Coverage {
  /** First seq that is missing. */
  readonly next: number;
  /** First seq behind all that is there. */
  readonly reach: number;
  /** What is there beyond `next`: sorted, apart from each other. */
  readonly ahead: readonly Interval[];
}

/** Nothing is there yet. */
export const NOTHING: Coverage = { next: 0, reach: 0, ahead: [] };

/**
 * So many gaps are no page that lost a batch. The farthest islands are forgotten then, so that `next` may stay lower than it
 * could be; what a page sends again because of it is a repeat.
 */
export const MAX_AHEAD = 1000;

/** Adds events. Batches come in any order and overlap; one that closes a gap lets `next` run on over what lies behind it. */
export function cover({ next, reach, ahead }: Coverage, added: Interval): Coverage {
  const farthest = Math.max(reach, added.end);
  if (added.first > next) return { next, reach: farthest, ahead: insert(ahead, added).slice(0, MAX_AHEAD) };
  let reached = Math.max(next, added.end);
  let passed = 0;
  for (const island of ahead) {
    if (island.first > reached) break;
    reached = Math.max(reached, island.end);
    passed += 1;
  }
  return { next: reached, reach: farthest, ahead: passed > 0 ? ahead.slice(passed) : ahead };
}

function insert(ahead: readonly Interval[], added: Interval): Interval[] {
  const before = ahead.filter((island) => island.end < added.first);
  const after = ahead.filter((island) => island.first > added.end);
  const touching = ahead.slice(before.length, ahead.length - after.length);
  const first = Math.min(added.first, ...touching.map((island) => island.first));
  const end = Math.max(added.end, ...touching.map((island) => island.end));
  return [...before, { first, end }, ...after];
}
