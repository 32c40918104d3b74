import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEventTimes, timeOf } from '../../../shared/formats/rrweb/event-times.ts';

const START = 1_700_000_000_000;

function placesOf(times: readonly (number | null)[]) {
  const one = createEventTimes<number>();
  const placed = [...times.flatMap((at, index) => one.add(index, at)), ...one.flush()];
  return { placed, counts: one.counts };
}

describe('createEventTimes', () => {
  it.each<[string, (number | null)[], number[], object]>([
    ['leaves usual times alone', [5, 6, 9], [5, 6, 9], { absurdTime: 0, backwards: 0 }],
    ['counts what goes back in time', [5, 9, 6, 9, 8], [5, 9, 6, 9, 8], { backwards: 2 }],
    [
      'places one absurd time beside its neighbours',
      [START, START + 1, 4e15, START + 2],
      [START, START + 1, START + 1, START + 2],
      { absurdTime: 1 },
    ],
    ['does so with the first', [0, START, START + 1], [START, START, START + 1], { absurdTime: 1 }],
    ['and with the second', [START, 4e15, START + 1], [START, START, START + 1], { absurdTime: 1 }],
    ['gives a time to those before the first', [null, null, 7, 8], [7, 7, 7, 8], { noTime: 2 }],
    ['gives some time to those that never had one', [null, null], [0, 0], { noTime: 2 }],
    ['takes the last of two that never agree', [3, START], [START, START], { absurdTime: 1 }],
    ['takes a single one as it is', [START], [START], { absurdTime: 0 }],
  ])('%s', (_, times, expected, counts) => {
    const result = placesOf(times);
    expect(result.placed.map(({ at }) => at)).toEqual(expected);
    expect(result.counts).toMatchObject(counts);
  });

  it('follows a clock that was set and says so', () => {
    const before = [1, 2, 3];
    const after = Array.from({ length: 30 }, (_, index) => START + index);
    const { placed, counts } = placesOf([...before, ...after]);
    expect(placed.at(-1)?.at).toBe(START + 29);
    expect(counts).toMatchObject({ jumps: 1, absurdTime: 9 });
  });

  it('keeps every event, in order, and moves none by itself when all are within a year', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer({ min: -8e15, max: 8e15 })), { maxLength: 50 }), (times) => {
        expect(placesOf(times).placed.map(({ item }) => item)).toEqual(times.map((_, index) => index));
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3e10 }), { minLength: 1, maxLength: 50 }), (times) => {
        expect(placesOf(times).placed.map(({ at }) => at)).toEqual(times);
      }),
    );
  });
});

it('a time is a number or a text of one', () => {
  expect([5, '5', ' ', '', null, undefined, Number.NaN, 1e300, 'x', {}].map(timeOf)).toEqual([
    5,
    5,
    ...Array(8).fill(null),
  ]);
});
