import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBuckets } from '../../../../server/ingest/token-bucket.ts';

const rate = { perSecond: 10, burst: 5 };

test('a burst is let through, then one per tenth of a second', () => {
  let now = 0;
  const buckets = createBuckets(rate, () => now);
  const tries = (): number[] => Array.from({ length: 7 }, () => buckets.take('a', 1)).filter((waitMs) => waitMs === 0);
  expect(tries()).toHaveLength(5);
  now = 100;
  expect(tries()).toHaveLength(1);
  expect(buckets.take('a', 1)).toBeGreaterThan(0);
  expect(buckets.take('b', 1)).toBe(0);
});

test('whoever waits as long as told is let in, and a big one is paid back', () => {
  let now = 0;
  const buckets = createBuckets(rate, () => now);
  expect(buckets.take('a', 64)).toBe(0);
  const waitMs = buckets.take('a', 1);
  expect(waitMs).toBeCloseTo(6000);
  now = waitMs - 200;
  expect(buckets.take('a', 1)).toBeGreaterThan(0);
  now = waitMs;
  expect(buckets.take('a', 1)).toBe(0);
});

test('over any time no more comes through than burst, rate and one request allow, whatever the clock does', () => {
  const steps = fc.array(
    fc.record({ passMs: fc.integer({ min: -500, max: 1000 }), cost: fc.integer({ min: 1, max: 8 }) }),
  );
  fc.assert(
    fc.property(steps, (list) => {
      let now = 10_000;
      let forwardMs = 0;
      let taken = 0;
      const buckets = createBuckets(rate, () => now);
      for (const { passMs, cost } of list) {
        now += passMs;
        forwardMs += Math.max(0, passMs);
        if (buckets.take('a', cost) === 0) taken += cost;
      }
      expect(taken).toBeLessThanOrEqual(rate.burst + (forwardMs * rate.perSecond) / 1000 + 8);
    }),
  );
});

test('memory is bounded: of very many names the oldest are forgotten', () => {
  const buckets = createBuckets({ perSecond: 0.001, burst: 1 }, () => 0);
  expect(buckets.take('first', 1)).toBe(0);
  for (let n = 0; n < 20_000; n += 1) buckets.take(`other ${n}`, 1);
  expect(buckets.take('first', 1)).toBe(0);
  expect(buckets.take('other 19999', 1)).toBeGreaterThan(0);
});
