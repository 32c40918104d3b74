import { z } from 'zod';
import { isNoFilter, SessionFilter } from '../../shared/model/session-filter.ts';

/** When the wanted sessions started: one of these, or `custom` for the bounds of the filter itself. */
export const Period = z.enum(['any', 'today', 'week', 'month', 'custom']);
export type Period = z.infer<typeof Period>;

/** Periods that end now, by how many days they go back from the start of today. */
export const PERIOD_DAYS = { today: 0, week: 6, month: 29 } as const;

/** What a person asks of the library: words, a filter, and a period that moves on with the days. */
export const LibraryFilter = z.object({
  search: z.string().max(500),
  filter: SessionFilter,
  period: Period,
});
export type LibraryFilter = z.infer<typeof LibraryFilter>;

/** A filter with a name, to be applied again. */
export const SavedFilter = LibraryFilter.extend({ name: z.string().min(1).max(60) });
export type SavedFilter = z.infer<typeof SavedFilter>;

/** First moment of a period, ms since epoch: local midnight, so that a day is a whole day. */
export function periodStart(period: keyof typeof PERIOD_DAYS, now: number): number {
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  day.setDate(day.getDate() - PERIOD_DAYS[period]); // by the calendar: days with a change of clocks are not 24 h long
  return day.getTime();
}

/** The filter with its period as bounds, for the engine. */
export function withPeriod({ filter, period }: Pick<LibraryFilter, 'filter' | 'period'>, now: number): SessionFilter {
  if (period === 'custom') return filter;
  return { ...filter, from: period === 'any' ? null : periodStart(period, now), to: null };
}

/** Whether everything is asked for, words aside. */
export const asksForAll = ({ filter, period }: Pick<LibraryFilter, 'filter' | 'period'>): boolean =>
  (period === 'any' || period === 'custom') && isNoFilter(withPeriod({ filter, period }, 0));

/** The filters with one more, or with that one in place of the one of the same name; in alphabetical order. */
export const withSavedFilter = (saved: readonly SavedFilter[], one: SavedFilter): readonly SavedFilter[] =>
  [...saved.filter(({ name }) => name !== one.name), one].sort((a, b) => a.name.localeCompare(b.name));
