import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  currentAt,
  lastAt,
  MARK_MEANINGS,
  meaningOf,
  placeMarks,
} from '../../../../../renderer/features/session/signal-time.ts';

describe('lastAt', () => {
  it('finds what a walk from the end finds', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 })), fc.integer({ min: -5, max: 55 }), (times, at) => {
        const items = times.sort((a, b) => a - b).map((time) => ({ at: time }));
        expect(lastAt(items, at)).toBe(items.findLastIndex((item) => item.at <= at));
      }),
    );
  });
});

describe('currentAt', () => {
  const items = [{ at: 1 }, { at: 5 }, { at: 5 }, { at: 5 }, { at: 9 }];
  it('stays with the picked one of several that happened in one ms', () => {
    for (const picked of [1, 2, 3]) expect(currentAt(items, 5, picked)).toBe(picked);
    expect(currentAt(items, 5, -1)).toBe(3);
  });
  it('lets go of the picked one when the playhead moves on', () => {
    expect(currentAt(items, 4, 1)).toBe(0);
    expect(currentAt(items, 6, 1)).toBe(3);
    expect(currentAt(items, 9, 1)).toBe(4);
  });
  it('takes a sum that is a hair short for the moment itself', () => {
    const startedAt = 1_790_000_000_000.3;
    const at = 1_790_000_012_345.1;
    expect(currentAt([{ at }], startedAt + (at - startedAt), -1)).toBe(0);
    expect(currentAt([{ at: 0.1 + 0.2 }], 0.3, -1)).toBe(0);
  });
});

describe('placeMarks', () => {
  const moment = fc.record({
    atMs: fc.integer({ min: -100, max: 12_000 }),
    meaning: fc.constantFrom(...MARK_MEANINGS),
  });
  it('shows the most important thing of each place, in order', () => {
    fc.assert(
      fc.property(fc.array(moment), (moments) => {
        const marks = placeMarks(moments, 10_000, 50);
        const expected = Array.from({ length: 50 }, (_, slot) => {
          const here = moments.filter(({ atMs }) => Math.min(49, Math.max(0, Math.floor(atMs / 200))) === slot);
          return MARK_MEANINGS.findLast((meaning) => here.some((one) => one.meaning === meaning));
        }).flatMap((meaning, slot) => (meaning ? [{ slot, meaning }] : []));
        expect(marks).toEqual(expected);
      }),
    );
  });
  it('puts everything of a session without length into one place', () => {
    expect(placeMarks([{ atMs: 0, meaning: 'click' }], 0, 50)).toEqual([{ slot: 0, meaning: 'click' }]);
  });
});

describe('meaningOf', () => {
  it('lets severity speak before kind, and leaves noise out', () => {
    expect(meaningOf({ kind: 'request', severity: 'error' })).toBe('error');
    expect(meaningOf({ kind: 'click', severity: 'info' })).toBe('click');
    expect(meaningOf({ kind: 'request', severity: 'info' })).toBeUndefined();
  });
});
