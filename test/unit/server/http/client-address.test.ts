import { expect, test } from 'vitest';
import { clientAddress } from '../../../../server/http/client-address.ts';

const PROXIES = new Set(['10.0.0.1', '10.0.0.2']);

test.each([
  ['192.0.2.7', undefined, '192.0.2.7'],
  ['::ffff:192.0.2.7', '198.51.100.1', '192.0.2.7'],
  ['10.0.0.1', undefined, '10.0.0.1'],
  ['::ffff:10.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['10.0.0.1', 'forged, 198.51.100.1', '198.51.100.1'],
  ['10.0.0.1', 'forged, 198.51.100.1 , 10.0.0.2', '198.51.100.1'],
  ['10.0.0.1', '10.0.0.2', '10.0.0.1'],
  ['10.0.0.1', ' , ', '10.0.0.1'],
  ['10.0.0.1', '::ffff:198.51.100.1', '198.51.100.1'],
])('a request of %s for %s is of %s', (remoteAddress, forwarded, wanted) => {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  const request = { socket: { remoteAddress }, headers } as unknown as Parameters<typeof clientAddress>[0];
  expect(clientAddress(request, PROXIES)).toBe(wanted);
});
