/** Shows moments (ms since epoch) in one locale and time zone; undefined means the computer's own. */
export interface DateFormat {
  /** Short, for lists: `12 May, 14:03:07`, with the year when it is not this year. */
  short(at: number): string;
  /** Complete, with the zone: `Tuesday, 12 May 2026 at 14:03:07 CEST (Europe/Berlin)`. */
  full(at: number): string;
  /** A day: `12 May 2026`. */
  day(at: number): string;
  /** For things of today: `14:03`. */
  clock(at: number): string;
}

/** @param now ms since epoch; decides whether the year is shown. */
export function createDateFormat(now: () => number, locale?: string, timeZone?: string): DateFormat {
  const zone = timeZone ? { timeZone } : {};
  const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  const make = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale, { ...options, ...zone });
  const thisYear = make({ day: '2-digit', month: 'short', ...time });
  const otherYear = make({ day: '2-digit', month: 'short', year: 'numeric', ...time });
  const full = make({
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    ...time,
    timeZoneName: 'short',
  });
  const clock = make({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const year = make({ year: 'numeric' });
  const day = make({ day: 'numeric', month: 'short', year: 'numeric' });
  return {
    short: (at) => (year.format(at) === year.format(now()) ? thisYear : otherYear).format(at),
    full: (at) => `${full.format(at)} (${full.resolvedOptions().timeZone})`,
    clock: (at) => clock.format(at),
    day: (at) => day.format(at),
  };
}
