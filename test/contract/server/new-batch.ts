import { createHash, randomBytes } from 'node:crypto';
import type { Body, NewBatch } from '../../../server/storage/storage.ts';

/** In hexadecimal. */
export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** The body that these parts make together. */
export const bodyOf = (...parts: Buffer[]): Body => {
  const all = Buffer.concat(parts);
  return { parts, bytes: all.length, sha256: createHash('sha256').update(all).digest() };
};

/** A batch of ten events that a storage can take. */
export const batch = (over: Partial<NewBatch> = {}): NewBatch => ({
  project: 'p1',
  session: 's1',
  window: 'w1',
  generation: 'g1',
  first: 0,
  count: 10,
  fromAt: 1000,
  toAt: 2000,
  sentAt: 3000,
  receivedAt: 3500,
  body: bodyOf(randomBytes(100)),
  ...over,
});
