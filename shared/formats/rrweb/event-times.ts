/** Latest time a JavaScript date can hold. */
const MAX_TIME = 8.64e15;
/** Nobody records for longer than this, and no pause within a visit is: a larger step is a broken clock, not a time. */
const MAX_STEP_MS = 366 * 86_400_000;
/** Events in a row that must agree on another time before the clock counts as having been set. */
const SET_CLOCK_EVENTS = 10;
const MAX_HELD = 1000;

/** What was found wrong with the times of a recording. */
export interface TimeCounts {
  /** Events without a usable time, placed at the time of the one before them. */
  noTime: number;
  /** Events whose time lies more than a year away from that of their neighbours, placed like those. */
  absurdTime: number;
  /** Times the clock moved by more than a year and stayed there. */
  jumps: number;
  /** Events that are earlier than one before them. */
  backwards: number;
  negativeTime: number;
}

/** An item and the time it is given. */
export interface Placed<T> {
  readonly item: T;
  readonly at: number;
  /** Its own time was not taken. */
  readonly moved: boolean;
}

/** Gives each event of a recording a time, in file order. */
export interface EventTimes<T> {
  /** @param at null when the event has none. @returns what can be placed now: nothing, this one, or held ones and it. */
  add(item: T, at: number | null): Placed<T>[];
  /** What was held back because no two events so far agreed on a time. */
  flush(): Placed<T>[];
  readonly counts: TimeCounts;
}

/** A usable time, or null: numbers and numeric strings; `1e400` parses as Infinity and is none. */
export function timeOf(raw: unknown): number | null {
  const at = typeof raw === 'string' && raw.trim() !== '' ? Number(raw) : raw;
  return typeof at === 'number' && Math.abs(at) <= MAX_TIME ? at : null;
}

const near = (a: number, b: number): boolean => Math.abs(a - b) <= MAX_STEP_MS;

/**
 * A time is believed when it is within a year of the one before it; the first when a second one agrees. So a few absurd
 * times in a recording, be they the first, neither stretch the session over centuries nor take the others along.
 */
export function createEventTimes<T>(): EventTimes<T> {
  const counts: TimeCounts = { noTime: 0, absurdTime: 0, jumps: 0, backwards: 0, negativeTime: 0 };
  let held: { readonly item: T; readonly at: number | null }[] = [];
  let lastAt: number | null = null;
  let latestAt = Number.NEGATIVE_INFINITY;
  let suspectAt: number | null = null;
  let suspects = 0;

  function place(item: T, at: number): Placed<T> {
    lastAt = at;
    if (at < latestAt) counts.backwards++;
    latestAt = Math.max(latestAt, at);
    if (at < 0) counts.negativeTime++;
    return { item, at, moved: false };
  }

  function move(item: T, at: number, why: 'noTime' | 'absurdTime'): Placed<T> {
    counts[why]++;
    return { item, at, moved: true };
  }

  /** @param baseAt a time that is believed. */
  function settle(baseAt: number): Placed<T>[] {
    const early = held;
    held = [];
    let recentAt = early.find(({ at }) => at !== null && near(at, baseAt))?.at ?? baseAt;
    const placed = early.map(({ item, at }) => {
      if (at === null || !near(at, baseAt)) return move(item, recentAt, at === null ? 'noTime' : 'absurdTime');
      recentAt = at;
      return place(item, at);
    });
    lastAt ??= baseAt;
    return placed;
  }

  function add(item: T, at: number | null): Placed<T>[] {
    if (lastAt === null) {
      const agreed = at !== null && held.some((other) => other.at !== null && near(other.at, at));
      held.push({ item, at });
      return agreed || held.length > MAX_HELD ? settle(at ?? newestTime()) : [];
    }
    if (at === null) return [move(item, lastAt, 'noTime')];
    if (near(at, lastAt)) {
      suspects = 0;
      return [place(item, at)];
    }
    suspects = suspectAt !== null && near(at, suspectAt) ? suspects + 1 : 1;
    suspectAt = at;
    if (suspects < SET_CLOCK_EVENTS) return [move(item, lastAt, 'absurdTime')];
    suspects = 0;
    counts.jumps++;
    return [place(item, at)];
  }

  const newestTime = (): number => held.findLast(({ at }) => at !== null)?.at ?? 0;

  return { add, flush: () => (held.length > 0 ? settle(newestTime()) : []), counts };
}
