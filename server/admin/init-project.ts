import { randomBytes } from 'node:crypto';
import type { Role } from '../../shared/wire/access.ts';
import { hashSecret, mintSecret } from '../auth/secret.ts';
import { type Accounts, type CredentialKind, credentialId } from '../storage/storage.ts';
import { type AdminDeps, withAccounts } from './open-admin.ts';

/** A new project with its secrets, which are shown here and never again. */
export interface NewProject {
  readonly project: string;
  readonly name: string;
  readonly writeKey: string;
  readonly readToken: string;
}

/** Makes a project with one write key and one read token (of an analyst); makes the folder when it is not there. */
export function initProject(deps: AdminDeps, { name }: { readonly name: string }): Promise<NewProject> {
  return withAccounts(deps, true, async (accounts) => {
    const project = `p_${randomBytes(9).toString('hex')}`;
    const createdAt = deps.clock();
    await accounts.addProject({ id: project, name, createdAt }, 'command');
    const writeKey = await addSecret(accounts, { project, kind: 'write', createdAt });
    const readToken = await addSecret(accounts, { project, kind: 'read', role: 'analyst', createdAt });
    return { project, name, writeKey: writeKey.secret, readToken: readToken.secret };
  });
}

/** What a secret is made for; see `CredentialRecord`. */
export interface SecretInput {
  readonly project: string;
  readonly kind: CredentialKind;
  readonly createdAt: number;
  readonly role?: Role | undefined;
  readonly label?: string | undefined;
  readonly origins?: readonly string[] | undefined;
  readonly expiresAt?: number | undefined;
}

/** Makes and keeps a secret. @returns it, for the only time. @throws AppError `not-found` for an unknown project. */
export async function addSecret(
  accounts: Accounts,
  { project, kind, createdAt, role, label, origins, expiresAt }: SecretInput,
): Promise<{ readonly id: string; readonly secret: string }> {
  const secret = mintSecret(kind);
  const hash = hashSecret(secret);
  await accounts.addCredential(
    {
      hash,
      project,
      kind,
      createdAt,
      role: kind === 'read' ? (role ?? 'viewer') : null,
      label: label ?? '',
      origins: origins ?? [],
      expiresAt: expiresAt ?? null,
    },
    'command',
  );
  return { id: credentialId(hash), secret };
}
