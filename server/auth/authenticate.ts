import { timingSafeEqual } from 'node:crypto';
import type { Accounts, CredentialKind, CredentialRecord } from '../storage/storage.ts';
import { hashSecret, kindOfSecret } from './secret.ts';

/** @returns the id of the project a secret opens for this kind of use; undefined when it opens none. */
export type Authenticate = (kind: CredentialKind, secret: string) => Promise<string | undefined>;

// Found secrets are remembered this long, unknown ones never: a new key works at once.
const REMEMBER_MS = 30_000;
const REMEMBERED = 1000;

/**
 * Looks secrets up by their hash, which tells a guesser's stopwatch nothing about the secret; the last comparison takes
 * equally long whatever it finds.
 */
export function createAuthenticate(accounts: Accounts, clock: () => number): Authenticate {
  const found = new Map<string, { readonly credential: CredentialRecord; readonly at: number }>();

  async function lookUp(hash: Buffer): Promise<CredentialRecord | undefined> {
    const name = hash.toString('base64');
    const known = found.get(name);
    if (known && Math.abs(clock() - known.at) < REMEMBER_MS) return known.credential;
    const credential = await accounts.findCredential(hash);
    found.delete(name);
    if (found.size >= REMEMBERED) found.clear();
    if (credential) found.set(name, { credential, at: clock() });
    return credential;
  }

  return async (kind, secret) => {
    if (kindOfSecret(secret) !== kind) return undefined;
    const hash = hashSecret(secret);
    const credential = await lookUp(hash);
    if (!credential || credential.kind !== kind) return undefined;
    return timingSafeEqual(hash, credential.hash) ? credential.project : undefined;
  };
}
