const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Bytes in steps of 1000, as file managers show them: `812 B`, `4.2 MB`. */
export function formatBytes(bytes: number): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}

/** A whole number with thousands separated as the locale does: `12,480`. */
export const formatCount = (count: number, locale?: string): string => new Intl.NumberFormat(locale).format(count);

/** A number and its noun: `1 session`, `12,480 sessions`. */
export const formatMany = (count: number, noun: string, locale?: string): string =>
  `${formatCount(count, locale)} ${noun}${count === 1 ? '' : 's'}`;
