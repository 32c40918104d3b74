import { expect, test } from 'vitest';
import { isAllowedOrigin, readOrigin } from '../../../../server/auth/origins.ts';

test.each([
  ['https://shop.example', 'https://shop.example'],
  [' HTTPS://Shop.example/ ', 'https://shop.example'],
  ['http://localhost:5173', 'http://localhost:5173'],
  ['https://*.shop.example', 'https://*.shop.example'],
  ['https://shop.example/path', null],
  ['https://*', null],
  ['https://a.*.example', null],
  ['shop.example', null],
  ['*', null],
  ['', null],
])('%j is read as %j', (text, origin) => expect(readOrigin(text)).toBe(origin));

test.each([
  ['https://*.shop.example', 'https://eu.shop.example', true],
  ['https://*.shop.example', 'https://a.b.shop.example', true],
  ['https://*.shop.example', 'https://.shop.example', false],
  ['https://*.shop.example', 'https://shop.example', false],
  ['https://*.shop.example', 'http://eu.shop.example', false],
  ['https://*.shop.example:8443', 'https://eu.shop.example:8443', true],
  ['https://*.shop.example', 'https://eu.shop.example:8443', false],
])('%j and a page of %s: %j', (entry, origin, allowed) => expect(isAllowedOrigin([entry], origin)).toBe(allowed));

test('without a list any page may use a key, and so may what is no page', () => {
  expect([isAllowedOrigin([], 'null'), isAllowedOrigin([], undefined)]).toEqual([true, true]);
});
