import { createHash, randomInt } from 'node:crypto';
import type { CredentialKind } from '../storage/storage.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
// 62^32 is about 190 bits: nobody guesses one, so that a fast hash is enough to keep them by.
const LENGTH = 32;
const PREFIX: Readonly<Record<CredentialKind, string>> = { write: 'tfw_', read: 'tfr_' };

/** A new secret, to be shown once. */
export function mintSecret(kind: CredentialKind): string {
  const letters = Array.from({ length: LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length)));
  return PREFIX[kind] + letters.join('');
}

/** What kind of secret a text may be; undefined for anything that cannot be one. */
export function kindOfSecret(text: string): CredentialKind | undefined {
  if (!/^tf[wr]_[A-Za-z0-9]{32}$/.test(text)) return undefined;
  return text.startsWith(PREFIX.write) ? 'write' : 'read';
}

/** What is kept of a secret: its SHA-256. */
export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();
