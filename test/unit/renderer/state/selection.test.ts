import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_SELECTION, type Selection, select } from '../../../../renderer/state/selection.ts';

const rows = Array.from({ length: 20 }, (_, index) => `k${index}`);
const place = (index: number) => ({ index, key: rows[index] ?? '' });
const between = (a: number, b: number) => rows.slice(Math.min(a, b), Math.max(a, b) + 1);
const start: Selection<string> = NO_SELECTION;

describe('select', () => {
  it('replaces with one row, which becomes the anchor', () => {
    const selection = select(select(start, { type: 'one', place: place(3) }), { type: 'one', place: place(5) });
    expect([...selection.keys]).toEqual(['k5']);
    expect(selection.anchor).toEqual(place(5));
  });
  it('keeps the anchor over ranges, in both directions', () => {
    let selection = select(start, { type: 'one', place: place(5) });
    selection = select(selection, { type: 'range', place: place(8), keys: between(5, 8) });
    selection = select(selection, { type: 'range', place: place(2), keys: between(5, 2) });
    expect([...selection.keys].sort()).toEqual(['k2', 'k3', 'k4', 'k5']);
    expect(selection.anchor).toEqual(place(5));
    expect(selection.active).toEqual(place(2));
  });
  it('toggling twice changes nothing but the place', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(19)), fc.nat(19), (chosen, index) => {
        const before = select(start, { type: 'all', keys: chosen.map((at) => rows[at] ?? '') });
        const once = select(before, { type: 'toggle', place: place(index) });
        expect(once.keys.has(`k${index}`)).toBe(!before.keys.has(`k${index}`));
        expect(select(once, { type: 'toggle', place: place(index) }).keys).toEqual(before.keys);
      }),
    );
  });
  it('forgets rows that are gone, also as the active one', () => {
    const before = select(select(start, { type: 'one', place: place(4) }), { type: 'toggle', place: place(6) });
    const after = select(before, { type: 'gone', keys: ['k6'] });
    expect([...after.keys]).toEqual(['k4']);
    expect(after.active).toBeNull();
  });
  it('follows its rows when they move', () => {
    const before = select(start, { type: 'one', place: place(4) });
    const after = select(before, { type: 'moved', indexOf: (key) => (key === 'k4' ? 7 : undefined) });
    expect(after.active).toEqual({ index: 7, key: 'k4' });
    expect(select(after, { type: 'moved', indexOf: () => undefined }).active).toEqual({ index: 7, key: 'k4' });
  });
});
