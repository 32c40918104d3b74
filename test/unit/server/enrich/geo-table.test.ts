import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressNumber } from '../../../../server/enrich/address-number.ts';
import { readGeoTable } from '../../../../server/enrich/geo-table.ts';

test.each([
  ['1.2.3.4', '::ffff:1.2.3.4'],
  ['::ffff:102:304', '1.2.3.4'],
  ['2001:DB8::1', '2001:db8:0:0:0:0:0:1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['::', '0:0:0:0:0:0:0:0'],
])('%s is the same address as %s', (one, other) => {
  expect(addressNumber(one)).toBeDefined();
  expect(addressNumber(one)).toBe(addressNumber(other));
});

test.each(['', 'x', '1.2.3', '1.2.3.4.5', '1.2.3.400', '12345::', '1:2', '1::2::3', '1.2.3.4/8'])(
  '%j is no address',
  (text) => {
    expect(addressNumber(text)).toBeUndefined();
  },
);

test('an address is found in the one range it lies in, whatever order they stand in', () => {
  const find = readGeoTable('# ours\n2001:db8::/32,FR\r\n192.0.2.128/25,DE,Bayern # half\n\n192.0.2.0/25, US , \n');
  expect(find('192.0.2.127')).toEqual({ country: 'US', region: null });
  expect(find('::ffff:192.0.2.128')).toEqual({ country: 'DE', region: 'Bayern' });
  expect(find('2001:db8:ffff:ffff:ffff:ffff:ffff:ffff')).toEqual({ country: 'FR', region: null });
  for (const out of ['192.0.1.255', '192.0.3.0', '2001:db9::', 'unknown', '::']) expect(find(out)).toBeUndefined();
  expect(readGeoTable('')('192.0.2.1')).toBeUndefined();
});

test.each([
  ['1.2.3.4,DE', /Line 1.*no range/],
  ['1.2.3.0/33,DE', /Line 1.*no range/],
  ['\n1.2.3.0/24,Germany', /Line 2.*no country/],
  ['1.2.0.0/16,DE\n1.2.3.0/24,US', /Line 2.*overlaps line 1/],
])('the file %j is refused with the line', (text, reason) => {
  expect(() => readGeoTable(text)).toThrow(reason);
});

test('it finds what a search through all ranges finds', () => {
  const byte = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(
      fc.uniqueArray(byte, { maxLength: 30 }),
      fc.array(fc.tuple(byte, byte), { maxLength: 50 }),
      (blocks, asked) => {
        const find = readGeoTable(blocks.map((block) => `10.${block}.0.0/17,DE,r${block}`).join('\n'));
        for (const [block, third] of asked) {
          const isIn = blocks.includes(block) && third < 128;
          expect(find(`10.${block}.${third}.7`)?.region).toBe(isIn ? `r${block}` : undefined);
        }
      },
    ),
  );
});
