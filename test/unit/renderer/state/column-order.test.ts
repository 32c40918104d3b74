import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clickSort, moveColumn, orderedColumns } from '../../../../renderer/state/column-order.ts';

const ALL = ['a', 'b', 'c', 'd'];

describe('the order of columns', () => {
  it('has every column once, whatever was saved by an older or newer version', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...ALL, 'gone'), { maxLength: 5 }), (saved) => {
        const order = orderedColumns(ALL, saved);
        expect([...order].sort()).toEqual(ALL);
        const kept = saved.filter((id) => id !== 'gone');
        expect(order.filter((id) => kept.includes(id))).toEqual(kept);
      }),
    );
    expect(orderedColumns(ALL, ['d', 'a'])).toEqual(['d', 'a', 'b', 'c']);
    expect(orderedColumns(['new', ...ALL], ['b', 'a'])[0]).toBe('new');
  });

  it('changes by one column being put before another, or at the end', () => {
    expect(moveColumn(ALL, 'd', 'b')).toEqual(['a', 'd', 'b', 'c']);
    expect(moveColumn(ALL, 'a', null)).toEqual(['b', 'c', 'd', 'a']);
    expect(moveColumn(ALL, 'a', 'a')).toEqual(ALL);
    expect(moveColumn(ALL, 'a', 'unknown')).toEqual(ALL);
  });
});

describe('a click on a heading', () => {
  const by = (name: string, descending: boolean) => ({ by: name, descending });
  it('sorts by it alone, and turns round', () => {
    const once = clickSort([by('a', true), by('b', true)], 'c', false, false, 5);
    expect(once).toEqual([by('c', false)]);
    expect(clickSort(once, 'c', false, false, 5)).toEqual([by('c', true)]);
  });
  it('with Shift adds a step, turns it round in its place, and keeps the number of steps in bounds', () => {
    const two = clickSort([by('a', true)], 'b', true, true, 3);
    expect(two).toEqual([by('a', true), by('b', true)]);
    expect(clickSort(two, 'a', true, true, 3)).toEqual([by('a', false), by('b', true)]);
    const three = clickSort(two, 'c', true, false, 3);
    expect(clickSort(three, 'd', true, true, 3)).toEqual([by('a', true), by('b', true), by('d', true)]);
  });
});
