/** Index of the first item at or after `at` in a list sorted by `at`. */
export function firstAtOrAfter(items: readonly { readonly at: number }[], at: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item && item.at < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the first item after `at` in a list sorted by `at`. */
export function firstAfter(items: readonly { readonly at: number }[], at: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item && item.at <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The last item at or before `at`, of a list sorted by `at`. */
export const lastAtOrBefore = <T extends { readonly at: number }>(items: readonly T[], at: number): T | undefined =>
  items[firstAfter(items, at) - 1];

/** The first item in `[from, to]` of a list sorted by `at`. */
export function firstBetween<T extends { readonly at: number }>(
  items: readonly T[],
  from: number,
  to: number,
): T | undefined {
  const item = items[firstAtOrAfter(items, from)];
  return item && item.at <= to ? item : undefined;
}

/** Collects items by key, both in order of first appearance. (`Map.groupBy` is missing in the oldest runtime we support.) */
export function groupBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
