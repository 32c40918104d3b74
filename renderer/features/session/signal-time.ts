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
export const SAME_MOMENT_MS = 0.5;

/**
 * The item that is up at `at`: the picked one while the playhead stands on its moment, because several things can happen
 * in one ms and the person chose this one; else the last that was passed. -1 for none.
 */
export function currentAt(items: readonly { readonly at: number }[], at: number, picked: number): number {
  const pickedAt = items[picked]?.at;
  if (pickedAt !== undefined && Math.abs(pickedAt - at) < SAME_MOMENT_MS) return picked;
  return lastAt(items, at + SAME_MOMENT_MS);
}
