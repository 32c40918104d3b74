import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../sdk/web/src/capture/shape.ts';

describe('shapeOf', () => {
  it.each([
    [{ total: 2, items: [{ name: 'a', id: 1 }, { id: 2 }] }, '{items:[{id:number,name?:string}],total:number}'],
    [[], '[]'],
    [[1, 'a', null], '[null|number|string]'],
    [{ a: [{ b: null }, { b: 1 }] }, '{a:[{b:null|number}]}'],
    ['text', 'string'],
    [null, 'null'],
    [{ 'ann@example.com': 1, user_12345: 2, ok: 3 }, '{*:number,ok:number}'],
    [{ a: { b: { c: { d: { e: { f: { g: 1 } } } } } } }, '{a:{b:{c:{d:{e:{f:…}}}}}}'],
  ])('%j is %s', (value, shape) => {
    expect(shapeOf(value)).toBe(shape);
  });

  const key = fc.constantFrom('id', 'name', 'items', 'price', 'ok');
  const { value: json } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.stringMatching(/^[A-Z]{8}$/),
      fc.integer({ min: 10_000_000 }),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(key, tie('value'), { maxKeys: 4 }),
    ),
  }));
  const values = (value: unknown): unknown[] =>
    typeof value === 'object' && value !== null ? Object.values(value).flatMap(values) : [value];
  const reversed = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(reversed)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([k, v]) => [k, reversed(v)]),
          )
        : value;
  const otherValues = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(otherValues);
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, otherValues(v)]));
    }
    return typeof value === 'string' ? 'other' : typeof value === 'number' ? value + 1 : value;
  };

  it('depends on keys and types only: no value, no order of keys', () => {
    fc.assert(
      fc.property(json, (value) => {
        const shape = shapeOf(value);
        for (const plain of values(value)) {
          if (typeof plain === 'string' || typeof plain === 'number') expect(shape).not.toContain(String(plain));
        }
        expect(shapeOf(reversed(value))).toBe(shape);
        expect(shapeOf(otherValues(value))).toBe(shape);
      }),
    );
  });

  it('is bounded for whatever comes', () => {
    const wide = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`k${i}`, { a: i }]));
    const long = Array.from({ length: 100_000 }, (_, i) => ({ [`f${'x'.repeat(i % 30)}`]: i }));
    for (const value of [wide, long, [long, wide]]) expect(shapeOf(value).length).toBeLessThanOrEqual(2_000);
  });
});
