const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

/** A size for a message, in steps of 1000: `1 byte`, `812 bytes`, `4.2 MB`. */
export function sizeText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  if (unit === 0) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  return `${value.toFixed(value >= 99.95 ? 0 : 1)} ${UNITS[unit]}`;
}

/** A count for a message, the same on every machine: `12,480`. */
export const countText = (count: number): string => new Intl.NumberFormat('en').format(count);

/** A count and its noun: `1 event`, `12,480 events`. */
export const manyText = (count: number, one: string, many = `${one}s`): string =>
  `${countText(count)} ${count === 1 ? one : many}`;
