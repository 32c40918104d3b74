import { describe, expect, it } from 'vitest';
import { dateValue, dayStart } from '../../../../renderer/features/library/period-bounds.tsx';
import { asksForAll, periodStart, withPeriod, withSavedFilter } from '../../../../renderer/state/library-filter.ts';
import { NO_FILTER } from '../../../../shared/model/session-filter.ts';

const NOW = new Date(2026, 4, 12, 15, 30).getTime();
const midnight = (day: number): number => new Date(2026, 4, day).getTime();

describe('a period', () => {
  it('begins at a local midnight and ends now', () => {
    expect(periodStart('today', NOW)).toBe(midnight(12));
    expect(periodStart('week', NOW)).toBe(midnight(6));
    expect(periodStart('month', NOW)).toBe(new Date(2026, 3, 13).getTime());
    expect(withPeriod({ filter: { ...NO_FILTER, to: 5 }, period: 'today' }, NOW)).toMatchObject({
      from: midnight(12),
      to: null,
    });
    expect(withPeriod({ filter: { ...NO_FILTER, from: 3, to: 5 }, period: 'any' }, NOW)).toEqual(NO_FILTER);
  });
  it('of whole days is written in a date field and read back, the last day included', () => {
    expect(dateValue(midnight(6))).toBe('2026-05-06');
    expect(dayStart('2026-05-06')).toBe(midnight(6));
    expect(dayStart('2026-05-06', 1)).toBe(midnight(7));
    expect(dateValue((dayStart('2026-05-06', 1) ?? 0) - 1)).toBe('2026-05-06');
    expect([dateValue(null), dayStart('')]).toEqual(['', null]);
  });
});

it('knows when everything is asked for', () => {
  expect(asksForAll({ filter: NO_FILTER, period: 'any' })).toBe(true);
  expect(asksForAll({ filter: NO_FILTER, period: 'custom' })).toBe(true);
  expect(asksForAll({ filter: NO_FILTER, period: 'week' })).toBe(false);
  expect(asksForAll({ filter: { ...NO_FILTER, has: ['errors'] }, period: 'any' })).toBe(false);
});

it('keeps one saved filter of a name, in alphabetical order', () => {
  const one = { search: '', filter: NO_FILTER, period: 'any' } as const;
  const saved = withSavedFilter([{ ...one, name: 'b' }], { ...one, name: 'a' });
  expect(withSavedFilter(saved, { ...one, name: 'b', search: 'x' }).map(({ name, search }) => [name, search])).toEqual([
    ['a', ''],
    ['b', 'x'],
  ]);
});
