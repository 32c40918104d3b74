/** A list that only grows at its end and shares its beginning with earlier versions of itself. */
export interface Log<T> {
  readonly before: Log<T> | null;
  readonly value: T;
  readonly length: number;
}

export const append = <T>(log: Log<T> | null, value: T): Log<T> => ({
  before: log,
  value,
  length: (log?.length ?? 0) + 1,
});

/** The values after the first `skip`, oldest first. */
export function valuesOf<T>(log: Log<T> | null, skip = 0): T[] {
  const values: T[] = [];
  for (let at = log; at && at.length > skip; at = at.before) values.push(at.value);
  return values.reverse();
}

/** Whether `later` is `earlier` with something appended, or the same: the values are compared by identity. */
export function continues<T>(later: Log<T> | null, earlier: Log<T> | null): boolean {
  let long = later;
  while (long && long.length > (earlier?.length ?? 0)) long = long.before;
  let short = earlier;
  while (long && short && long !== short) {
    if (long.value !== short.value) return false;
    long = long.before;
    short = short.before;
  }
  return long === short;
}
