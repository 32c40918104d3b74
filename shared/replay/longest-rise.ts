/**
 * Positions of a longest rising run in `values` (patience sorting, n log n).
 * @param equal whether equal neighbours count as rising
 */
export function longestRise(values: readonly number[], equal = false): number[] {
  /** For each length, where the run of that length with the smallest end ends. */
  const ends: number[] = [];
  const before: number[] = [];
  values.forEach((value, at) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const end = values[ends[middle] ?? 0] ?? 0;
      if (equal ? end <= value : end < value) low = middle + 1;
      else high = middle;
    }
    before[at] = low > 0 ? (ends[low - 1] ?? -1) : -1;
    ends[low] = at;
  });
  const run: number[] = [];
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) run.push(at);
  return run.reverse();
}
