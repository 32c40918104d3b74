import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readByteRange } from '../../../../server/changes/byte-range.ts';

test.each([
  [undefined, undefined],
  ['bytes=0-9', { start: 0, length: 10 }],
  ['bytes=90-', { start: 90, length: 10 }],
  ['bytes=-30', { start: 70, length: 30 }],
  ['bytes=-300', { start: 0, length: 100 }],
  ['bytes=95-200', { start: 95, length: 5 }],
  ['bytes=100-', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=9-5', undefined],
  ['bytes=0-1,5-6', undefined],
  ['lines=0-1', undefined],
  ['bytes=-', undefined],
])('%s of 100 bytes', (header, expected) => {
  expect(readByteRange(header, 100)).toEqual(expected);
});

test('a range never leaves the body', () => {
  const header = fc.tuple(fc.option(fc.nat()), fc.option(fc.nat())).map(([a, b]) => `bytes=${a ?? ''}-${b ?? ''}`);
  fc.assert(
    fc.property(fc.oneof(header, fc.string()), fc.integer({ min: 1, max: 5000 }), (text, size) => {
      const range = readByteRange(text, size);
      if (range === undefined || range === 'unsatisfiable') return;
      expect(range.length).toBeGreaterThan(0);
      expect(range.start + range.length).toBeLessThanOrEqual(size);
    }),
  );
});
