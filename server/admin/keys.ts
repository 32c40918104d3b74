import { AppError } from '../../shared/lib/app-error.ts';
import type { Role } from '../../shared/wire/access.ts';
import { readOrigin } from '../auth/origins.ts';
import type { Accounts, CredentialKind, CredentialRecord, ProjectRecord } from '../storage/storage.ts';
import { addSecret } from './init-project.ts';
import { type AdminDeps, withAccounts } from './open-admin.ts';

/** Which secret to make; `project` may be left out in a folder with one project. */
export interface NewKey {
  readonly kind: CredentialKind;
  readonly project?: string | undefined;
  /** Of a read token; a viewer's when left out. */
  readonly role?: Role | undefined;
  readonly label?: string | undefined;
  /** Of a write key: pages that may use it; all when left out. */
  readonly origins?: readonly string[] | undefined;
  /** Ms from now; for ever when left out. */
  readonly validMs?: number | undefined;
}

/** A secret that was just made: shown here and never again. */
export interface AddedKey {
  readonly id: string;
  readonly project: string;
  readonly secret: string;
}

/** Makes one more secret of a project. @throws AppError `not-found`, `bad-request`. */
export function addKey(deps: AdminDeps, { project, origins, validMs, ...key }: NewKey): Promise<AddedKey> {
  return withAccounts(deps, false, async (accounts) => {
    const id = await projectId(accounts, project);
    const createdAt = deps.clock();
    const expiresAt = validMs === undefined ? undefined : createdAt + validMs;
    const made = await addSecret(accounts, {
      ...key,
      project: id,
      createdAt,
      expiresAt,
      origins: origins?.map(toOrigin),
    });
    return { ...made, project: id };
  });
}

/** Takes a secret out of use, for running servers too. @throws AppError `not-found`. */
export const revokeKey = (deps: AdminDeps, id: string): Promise<void> =>
  withAccounts(deps, false, (accounts) => accounts.revokeCredential(id, deps.clock(), 'command'));

/** Secrets of a folder, without what they are: their ids, roles and dates. */
export const listKeys = (deps: AdminDeps, project?: string): Promise<CredentialRecord[]> =>
  withAccounts(deps, false, (accounts) => accounts.credentials(project));

/** Projects of a folder, oldest first. @throws AppError `not-found` when it is not a server's. */
export const listProjects = (deps: AdminDeps): Promise<ProjectRecord[]> =>
  withAccounts(deps, false, (accounts) => accounts.projects());

/** The project that is meant. @throws AppError `bad-request` when it has to be said, `not-found` when there is none of this id. */
export async function projectId(accounts: Accounts, asked: string | undefined): Promise<string> {
  const projects = await accounts.projects();
  const [first, second] = projects;
  if (asked === undefined && first && !second) return first.id;
  if (projects.some(({ id }) => id === asked)) return asked as string; // it was just found
  const names = projects.map(({ id, name }) => `${id} (${name})`).join(', ');
  if (asked !== undefined) throw new AppError('not-found', `There is no project ${asked}, only: ${names}.`);
  throw new AppError('bad-request', `Say which project with --project: ${names || 'there is none yet'}.`);
}

function toOrigin(text: string): string {
  const origin = readOrigin(text);
  if (origin !== null) return origin;
  throw new AppError(
    'bad-request',
    `"${text}" is no origin. Write https://shop.example, https://shop.example:8443 or https://*.shop.example.`,
  );
}
