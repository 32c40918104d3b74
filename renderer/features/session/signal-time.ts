import type { Signal } from '../../../shared/model/signal.ts';

/**
 * Index of the last item at or before `at` in a list sorted by time; -1 when all come later. Ties go to the last, which is
 * the one that has just been passed.
 */
export function lastAt(items: readonly { readonly at: number }[], at: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.at ?? Number.POSITIVE_INFINITY) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Times that differ by less than this are the same moment: recorded clocks count whole ms, sums of them do not, ms. */
const SAME_MOMENT_MS = 0.5;

/**
 * The item that is up at `at`: the picked one while the playhead stands on its moment, because several things can happen
 * in one ms and the person chose this one; else the last that was passed. -1 for none.
 */
export function currentAt(items: readonly { readonly at: number }[], at: number, picked: number): number {
  const pickedAt = items[picked]?.at;
  if (pickedAt !== undefined && Math.abs(pickedAt - at) < SAME_MOMENT_MS) return picked;
  return lastAt(items, at + SAME_MOMENT_MS);
}

/** What a mark on the scrubber stands for, from least to most important. */
export const MARK_MEANINGS = ['page', 'click', 'warning', 'frustration', 'error'] as const;
export type MarkMeaning = (typeof MARK_MEANINGS)[number];

/** One mark: `slot` counts from 0 at the start of the session. */
export interface Mark {
  readonly slot: number;
  readonly meaning: MarkMeaning;
}

/** What a signal means on the scrubber; undefined for those that would only be noise there. */
export function meaningOf(signal: Pick<Signal, 'kind' | 'severity'>): MarkMeaning | undefined {
  if (signal.severity === 'error') return 'error';
  if (signal.severity === 'warning') return 'warning';
  if (signal.kind === 'page') return 'page';
  return signal.kind === 'click' || signal.kind === 'submit' ? 'click' : undefined;
}

/**
 * Marks for a scrubber of `slots` places: of everything that falls into one place the most important is shown, so that an
 * error is never hidden behind clicks. Times of `moments` are ms from the start of the session.
 */
export function placeMarks(
  moments: readonly { readonly atMs: number; readonly meaning: MarkMeaning }[],
  durationMs: number,
  slots: number,
): readonly Mark[] {
  const best = new Map<number, MarkMeaning>();
  for (const { atMs, meaning } of moments) {
    const slot = durationMs <= 0 ? 0 : Math.min(slots - 1, Math.max(0, Math.floor((atMs / durationMs) * slots)));
    const known = best.get(slot);
    if (known === undefined || MARK_MEANINGS.indexOf(meaning) > MARK_MEANINGS.indexOf(known)) best.set(slot, meaning);
  }
  return [...best].map(([slot, meaning]) => ({ slot, meaning })).sort((a, b) => a.slot - b.slot);
}
