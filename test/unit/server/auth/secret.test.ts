import { expect, test } from 'vitest';
import { hashSecret, kindOfSecret, mintSecret } from '../../../../server/auth/secret.ts';

test('secrets say what they are for and are never the same', () => {
  const write = Array.from({ length: 50 }, () => mintSecret('write'));
  const read = Array.from({ length: 50 }, () => mintSecret('read'));
  expect(new Set([...write, ...read]).size).toBe(100);
  expect(write.every((secret) => kindOfSecret(secret) === 'write' && secret.length === 36)).toBe(true);
  expect(read.every((secret) => kindOfSecret(secret) === 'read')).toBe(true);
});

test.each([
  '',
  'tfw_',
  `tfx_${'a'.repeat(32)}`,
  `tfw_${'a'.repeat(31)}`,
  `tfw_${'a'.repeat(31)}!`,
  `tfw_${'a'.repeat(33)}`,
])('not a secret: %j', (text) => {
  expect(kindOfSecret(text)).toBeUndefined();
});

test('the hash is that of the text', () => {
  expect(hashSecret('abc').toString('hex')).toMatch(/^ba7816bf8f01cfea/);
});
