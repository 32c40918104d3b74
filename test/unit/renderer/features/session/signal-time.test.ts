import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currentAt, lastAt } from '../../../../../renderer/features/session/signal-time.ts';

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
