import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatBytes, formatMany } from '../../../../renderer/ui/format-count.ts';
import { createDateFormat } from '../../../../renderer/ui/format-date.ts';
import { formatDuration, formatGap } from '../../../../renderer/ui/format-duration.ts';

describe('formatDuration', () => {
  it.each([
    [0, '0:00.0'],
    [999, '0:00.9'],
    [59_999, '0:59.9'],
    [60_000, '1:00.0'],
    [123_456, '2:03.4'],
    [3_723_400, '1:02:03.4'],
    [360_000_000, '100:00:00.0'],
    [-5, '0:00.0'],
  ])('%d ms is %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

  it('never shows a time that is not reached yet, and grows with the time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400_000_000 }), (ms) => {
        const [tail = '', minutes = '0', hours = '0'] = formatDuration(ms).split(':').reverse();
        const shown = Math.round((Number(hours) * 3600 + Number(minutes) * 60 + Number(tail)) * 1000);
        expect(shown).toBeLessThanOrEqual(ms);
        expect(ms - shown).toBeLessThan(100);
      }),
    );
  });
});

describe('formatGap', () => {
  it.each([
    [0, '0 ms'],
    [999.4, '999 ms'],
    [1000, '1.0 s'],
    [59_949, '59.9 s'],
    [59_950, '1:00 min'],
    [65_000, '1:05 min'],
  ])('%d ms is %s', (ms, text) => expect(formatGap(ms)).toBe(text));
});

describe('createDateFormat', () => {
  const now = Date.UTC(2026, 4, 20);
  const dates = createDateFormat(() => now, 'en-GB', 'Europe/Berlin');
  it('shows local time with seconds', () =>
    expect(dates.short(Date.UTC(2026, 4, 12, 12, 3, 7))).toBe('12 May, 14:03:07'));
  it('adds the year when it is another one', () => {
    expect(dates.short(Date.UTC(2025, 11, 31, 22, 59, 59))).toBe('31 Dec 2025, 23:59:59');
  });
  it('names the zone in the full form', () => {
    const text = dates.full(Date.UTC(2026, 4, 12, 12, 3, 7));
    expect(text).toContain('14:03:07');
    expect(text).toContain('(Europe/Berlin)');
  });
});

describe('counts', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [999_500, '1.0 MB'],
    [123_456_789, '123 MB'],
  ])('%d bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
  it('gives one thing its singular', () => {
    expect(formatMany(1, 'session', 'en')).toBe('1 session');
    expect(formatMany(12_480, 'session', 'en')).toBe('12,480 sessions');
  });
});
