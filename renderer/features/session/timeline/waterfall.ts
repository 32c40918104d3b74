/**
 * Lines for things that last: each on the first line that is free when it begins; where all are taken, on the one that is
 * free soonest. `spans` begin in rising order. @returns the line of each, from 0
 */
export function rowsOf(spans: readonly { readonly atMs: number; readonly endMs: number }[], rows: number): number[] {
  const freeAt = new Array<number>(rows).fill(Number.NEGATIVE_INFINITY);
  return spans.map(({ atMs, endMs }) => {
    let row = freeAt.findIndex((free) => free <= atMs);
    if (row < 0) row = freeAt.indexOf(Math.min(...freeAt));
    freeAt[row] = Math.max(freeAt[row] ?? endMs, endMs);
    return row;
  });
}
