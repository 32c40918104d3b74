import { timingSafeEqual } from 'node:crypto';
import type { Accounts, CredentialKind, CredentialRecord } from '../storage/storage.ts';
import { hashSecret, kindOfSecret } from './secret.ts';

/** @returns what a secret opens for this kind of use; undefined when it opens nothing (any more). */
export type Authenticate = (kind: CredentialKind, secret: string) => Promise<CredentialRecord | undefined>;

const REMEMBERED = 1000;

/**
 * Looks secrets up by their hash, which tells a guesser's stopwatch nothing about the secret; the last comparison takes
 * equally long whatever it finds. What was found is remembered until the accounts change, so that a revoked secret is
 * refused by the next request.
 */
export function createAuthenticate(accounts: Accounts, clock: () => number): Authenticate {
  const found = new Map<string, CredentialRecord>();
  let revision = '';

  async function lookUp(hash: Buffer): Promise<CredentialRecord | undefined> {
    const now = await accounts.revision();
    if (now !== revision || found.size >= REMEMBERED) found.clear();
    revision = now;
    const name = hash.toString('base64');
    const credential = found.get(name) ?? (await accounts.findCredential(hash));
    if (credential) found.set(name, credential);
    return credential;
  }

  return async (kind, secret) => {
    if (kindOfSecret(secret) !== kind) return undefined;
    const hash = hashSecret(secret);
    const credential = await lookUp(hash);
    if (!credential || credential.kind !== kind || !timingSafeEqual(hash, credential.hash)) return undefined;
    const isOver = credential.expiresAt !== null && credential.expiresAt <= clock();
    return isOver || credential.revokedAt !== null ? undefined : credential;
  };
}
