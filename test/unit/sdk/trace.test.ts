import { expect, test } from 'vitest';
import { SESSION_HEADER } from '../../../sdk/web/src/capture/headers.ts';
import { createTracing } from '../../../sdk/web/src/capture/trace.ts';
import { createPlace } from '../../../sdk/web/src/session/place.ts';

const place = createPlace('s1', 'w1', 'g1');
const tracing = createTracing({ origin: 'https://shop.test', newId: () => 'ab'.repeat(16), isSilent: () => false }, [
  'https://api.test',
  'https://cdn.test/open/',
  /^https:\/\/\w+\.backend\.test\//,
]);
const isTold = (address: string): boolean =>
  tracing(address, [], place, 'r1').headers.some(([name]) => name === SESSION_HEADER);

test.each([
  'https://shop.test/',
  'https://shop.test/a?b',
  'https://api.test/',
  'https://api.test/v1/orders',
  'https://cdn.test/open/a',
  'https://eu.backend.test/x',
])('the page’s own origin and what was named is told of the session: %s', (address) => {
  expect(isTold(address)).toBe(true);
});

test.each([
  'https://shop.test.evil.test/',
  'https://api.test.evil.test/',
  'https://api.test:8443/',
  'https://api.test@evil.test/',
  'https://api.testing/',
  'https://cdn.test/',
  'https://cdn.test/opened',
  'data:text/plain,https://api.test/',
])('nobody else is, though the letters are alike: %s', (address) => {
  expect(isTold(address)).toBe(false);
});
