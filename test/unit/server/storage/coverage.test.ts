import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Coverage, cover, MAX_AHEAD, NOTHING } from '../../../../server/storage/embedded/coverage.ts';

const intervals = fc.array(
  fc.record({ first: fc.nat({ max: 60 }), count: fc.integer({ min: 1, max: 15 }) }).map(({ first, count }) => ({
    first,
    end: first + count,
  })),
  { maxLength: 30 },
);

test('it says the same as a set of all events', () => {
  fc.assert(
    fc.property(intervals, (list) => {
      const there = new Set<number>();
      let coverage: Coverage = NOTHING;
      for (const added of list) {
        coverage = cover(coverage, added);
        for (let seq = added.first; seq < added.end; seq += 1) there.add(seq);
        let next = 0;
        while (there.has(next)) next += 1;
        expect(coverage.next).toBe(next);
        expect(coverage.reach).toBe(Math.max(...there) + 1);
        const ahead = coverage.ahead.flatMap(({ first, end }) =>
          Array.from({ length: end - first }, (_, at) => first + at),
        );
        expect(ahead).toEqual([...there].filter((seq) => seq > next).sort((a, b) => a - b));
        for (const [at, { first }] of coverage.ahead.entries()) {
          expect(first).toBeGreaterThan(coverage.ahead[at - 1]?.end ?? next);
        }
      }
    }),
  );
});

test('very many gaps are bounded, and "next" is never too high', () => {
  let coverage: Coverage = NOTHING;
  for (let first = 2; first < 2 * MAX_AHEAD + 200; first += 2) coverage = cover(coverage, { first, end: first + 1 });
  expect(coverage.ahead).toHaveLength(MAX_AHEAD);
  for (let first = 0; first < 2 * MAX_AHEAD + 200; first += 2) coverage = cover(coverage, { first, end: first + 2 });
  expect(coverage.next).toBe(2 * MAX_AHEAD + 200);
});
