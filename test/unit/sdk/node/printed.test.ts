import { expect, test } from 'vitest';
import { printed } from '../../../../sdk/node/src/privacy/printed.ts';
import { said } from '../../../../sdk/node/src/privacy/words.ts';

test('an object that holds the whole program is looked at for a bounded number of values', () => {
  let looked = 0;
  const wide = (depth: number): object =>
    new Proxy(
      depth === 0 ? {} : Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`k${at}`, wide(depth - 1)])),
      {
        ownKeys(target) {
          looked += 1;
          return Reflect.ownKeys(target);
        },
      },
    );
  const text = printed([wide(3)]);
  expect(text).toMatch(/^\{k0: \{k0: \{k0: \{\}/);
  expect(looked).toBeLessThanOrEqual(1_000);
});

test('lists say how much there is, sets and maps are read, and long ones are cut', () => {
  expect(printed([[1, 'a'], new Set([1]), new Map([['token', 'x']])])).toBe('[1, "a"] [1] {token: <hidden>}');
  expect(printed([Array.from({ length: 31 }, () => 0)])).toMatch(/0, …\]$/);
});

test('a password with an @ in it is hidden whole', () => {
  expect(said('at postgres://shop:p@ss@db.test/orders', 200)).toBe('at postgres://<hidden>@db.test/orders');
});
