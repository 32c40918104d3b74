import type { ChunkInfo } from '../model/session.ts';
import { MAX_DURATION_MS } from './limits.ts';
import { longestRise } from './longest-rise.ts';

/** From when to when a recording goes. */
export interface Span {
  /** ms since epoch: the zero of every `atMs`. */
  readonly startAt: number;
  readonly durationMs: number;
  /** Recorded events in it. */
  readonly events: number;
}

/** @returns what the chunks cover, at most a year. */
export function spanOf(chunks: readonly ChunkInfo[]): Span {
  let startAt = Number.POSITIVE_INFINITY;
  let endAt = Number.NEGATIVE_INFINITY;
  let events = 0;
  for (const { fromAt, toAt, count } of chunks) {
    events += count;
    startAt = Math.min(startAt, fromAt, toAt);
    endAt = Math.max(endAt, fromAt, toAt);
  }
  if (chunks.length === 0) return { startAt: 0, durationMs: 0, events };
  return { startAt, durationMs: Math.min(endAt - startAt, MAX_DURATION_MS), events };
}

/**
 * The order to load chunks in: by time, so that what is played first comes first, but within a generation always by
 * sequence number, whatever the page's clock did.
 */
export function loadOrder(chunks: readonly ChunkInfo[]): ChunkInfo[] {
  const ofGeneration = new Map<string, ChunkInfo[]>();
  for (const chunk of chunks) {
    const list = ofGeneration.get(chunk.generation);
    if (list) list.push(chunk);
    else ofGeneration.set(chunk.generation, [chunk]);
  }
  for (const list of ofGeneration.values()) list.sort((a, b) => b.firstSeq - a.firstSeq || b.count - a.count);
  const byTime = [...chunks].sort((a, b) => a.fromAt - b.fromAt || a.index - b.index);
  return byTime.flatMap(({ generation }) => ofGeneration.get(generation)?.pop() ?? []);
}

/**
 * Makes recorded times (ms, in order of sequence) rise: the longest run that already does is kept, the others (a clock
 * that was set back, a digit too many) take the time of what came before them.
 * @param floor time of the event before the first
 */
export function risingTimes(times: readonly unknown[], floor: number): number[] {
  const known: number[] = [];
  const places: number[] = [];
  times.forEach((time, at) => {
    if (typeof time !== 'number' || !Number.isFinite(time) || time < floor) return;
    known.push(time);
    places.push(at);
  });
  const kept = new Map(longestRise(known, true).map((i) => [places[i] ?? 0, known[i] ?? floor]));
  let last = Number.isFinite(floor) ? floor : (kept.values().next().value ?? 0);
  return times.map((_, at) => {
    last = kept.get(at) ?? last;
    return last;
  });
}

/** What has to be known of a generation (one page load in one tab) to say when it was looked at. */
export interface Presence {
  /** When its page could first be seen; null while it has none. */
  readonly firstPageMs: number | null;
  /** When the person did something in it; rising. */
  readonly activityMs: readonly number[];
}

/**
 * Which of the generations is shown at a moment: the one whose page came, or in which the person acted, last. Before the
 * first page that page is shown already. @returns its position, -1 when none has a page.
 */
export function shownAt(generations: readonly Presence[], atMs: number): number {
  let shown = -1;
  let since = Number.NEGATIVE_INFINITY;
  let earliest = -1;
  generations.forEach(({ firstPageMs, activityMs }, at) => {
    if (firstPageMs === null) return;
    if (earliest < 0 || firstPageMs < (generations[earliest]?.firstPageMs ?? 0)) earliest = at;
    if (firstPageMs > atMs) return;
    const last = activityMs[countUpTo(activityMs, atMs) - 1] ?? firstPageMs;
    const seen = Math.max(last, firstPageMs);
    if (seen < since) return;
    since = seen;
    shown = at;
  });
  return shown < 0 ? earliest : shown;
}

/** How many of the rising values are at most `limit`. */
export function countUpTo(rising: readonly number[], limit: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rising[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
