import { randomBytes } from 'node:crypto';
import { hashSecret, mintSecret } from '../auth/secret.ts';
import type { Accounts, CredentialKind } from '../storage/storage.ts';
import { type AdminDeps, withAccounts } from './open-admin.ts';

/** A new project with its secrets, which are shown here and never again. */
export interface NewProject {
  readonly project: string;
  readonly name: string;
  readonly writeKey: string;
  readonly readToken: string;
}

/** Makes a project with one write key and one read token; makes the folder when it is not there. */
export function initProject(deps: AdminDeps, { name }: { readonly name: string }): Promise<NewProject> {
  return withAccounts(deps, true, async (accounts) => {
    const project = `p_${randomBytes(9).toString('hex')}`;
    await accounts.addProject({ id: project, name, createdAt: deps.clock() });
    const writeKey = await addSecret(accounts, project, 'write', deps.clock());
    const readToken = await addSecret(accounts, project, 'read', deps.clock());
    return { project, name, writeKey, readToken };
  });
}

/** Makes and keeps a secret. @returns it, for the only time. @throws AppError `not-found` for an unknown project. */
export async function addSecret(
  accounts: Accounts,
  project: string,
  kind: CredentialKind,
  createdAt: number,
): Promise<string> {
  const secret = mintSecret(kind);
  await accounts.addCredential({ hash: hashSecret(secret), project, kind, createdAt });
  return secret;
}
