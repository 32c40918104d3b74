import type { PlacedEvent } from '../model/recorded-event.ts';

/** Recorded events that never arrived: `firstSeq` to `lastSeq` of a generation. */
export interface SeqGap {
  readonly firstSeq: number;
  readonly lastSeq: number;
  /** The received events around it; `before` is absent when the start is missing. */
  readonly before: PlacedEvent | undefined;
  readonly after: PlacedEvent;
}

/** Events in the order readers need, and what had to be left out to get there. */
export interface Timeline {
  /** By (timestamp, generation, seq), each (generation, seq) once. */
  readonly events: readonly PlacedEvent[];
  readonly gaps: readonly SeqGap[];
  readonly repeated: number;
  /** Events without a usable time, type or place. */
  readonly unreadable: number;
}

const LATEST_AT = 8.64e15;

const readable = ({ event, generation, window, seq }: PlacedEvent): boolean =>
  typeof generation === 'string' &&
  typeof window === 'string' &&
  Number.isSafeInteger(seq) &&
  seq >= 0 &&
  typeof event === 'object' &&
  event !== null &&
  Number.isInteger(event.type) &&
  Number.isFinite(event.timestamp) &&
  event.timestamp >= 0 &&
  event.timestamp <= LATEST_AT;

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Orders events, drops repeats and unreadable ones, and finds the gaps of each generation. */
export function readTimeline(input: readonly PlacedEvent[]): Timeline {
  const generations = new Map<string, Map<number, PlacedEvent>>();
  let repeated = 0;
  let unreadable = 0;
  for (const placed of input) {
    if (!readable(placed)) {
      unreadable += 1;
      continue;
    }
    const seen = generations.get(placed.generation) ?? new Map<number, PlacedEvent>();
    generations.set(placed.generation, seen);
    if (seen.has(placed.seq)) repeated += 1;
    else seen.set(placed.seq, placed);
  }
  const events = [...generations.values()].flatMap((seen) => [...seen.values()]);
  events.sort(
    (a, b) => a.event.timestamp - b.event.timestamp || compareText(a.generation, b.generation) || a.seq - b.seq,
  );
  return { events, gaps: [...generations.values()].flatMap(gapsOf), repeated, unreadable };
}

function gapsOf(seen: ReadonlyMap<number, PlacedEvent>): SeqGap[] {
  const gaps: SeqGap[] = [];
  let before: PlacedEvent | undefined;
  for (const after of [...seen.values()].sort((a, b) => a.seq - b.seq)) {
    const expected = before ? before.seq + 1 : 0;
    if (after.seq > expected) gaps.push({ firstSeq: expected, lastSeq: after.seq - 1, before, after });
    before = after;
  }
  return gaps;
}
