import { AppError } from '../../shared/lib/app-error.ts';
import type { CredentialKind, ProjectRecord } from '../storage/storage.ts';
import { addSecret } from './init-project.ts';
import { type AdminDeps, withAccounts } from './open-admin.ts';

/** Which secret to make; `project` may be left out in a folder with one project. */
export interface NewKey {
  readonly kind: CredentialKind;
  readonly project?: string | undefined;
}

/** Makes one more secret of a project. @returns it, for the only time. @throws AppError `not-found`, `bad-request`. */
export function addKey(
  deps: AdminDeps,
  { kind, project }: NewKey,
): Promise<{ readonly project: string; readonly secret: string }> {
  return withAccounts(deps, false, async (accounts) => {
    const id = project ?? onlyProject(await accounts.projects());
    return { project: id, secret: await addSecret(accounts, id, kind, deps.clock()) };
  });
}

/** Projects of a folder, oldest first. @throws AppError `not-found` when it is not a server's. */
export const listProjects = (deps: AdminDeps): Promise<ProjectRecord[]> =>
  withAccounts(deps, false, (accounts) => accounts.projects());

function onlyProject(projects: readonly ProjectRecord[]): string {
  const [first, second] = projects;
  if (first && !second) return first.id;
  const names = projects.map(({ id, name }) => `${id} (${name})`).join(', ');
  throw new AppError('bad-request', `Say which project with --project: ${names || 'there is none yet'}.`);
}
