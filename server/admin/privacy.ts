import type { ErasureReport, Subject } from '../../shared/wire/privacy.ts';
import type { ScrubRules } from '../../shared/wire/scrub.ts';
import type { ServerLog } from '../log.ts';
import { projectId } from './keys.ts';
import { type AdminDeps, withAccounts } from './open-admin.ts';
import { withPrivacy } from './open-privacy.ts';

/** Which project; may be left out in a folder with one. */
export interface Target {
  readonly project?: string | undefined;
}

const BY = 'command';

const resolve = (deps: AdminDeps, { project }: Target): Promise<string> =>
  withAccounts(deps, false, (accounts) => projectId(accounts, project));

/** Erases a subject from the folder of a stopped server. @throws AppError `conflict` while one runs on it. */
export async function erase(
  deps: AdminDeps & { readonly log: ServerLog },
  target: Target,
  subject: Subject,
): Promise<ErasureReport> {
  const project = await resolve(deps, target);
  return withPrivacy(deps, (privacy) => privacy.erase(project, subject, BY));
}

/** Writes what is kept of a subject into a zip; see `Privacy.exportTo`. @throws AppError `conflict`, `not-found`. */
export async function exportTo(
  deps: AdminDeps & { readonly log: ServerLog },
  target: Target,
  subject: Subject,
  file: string,
): Promise<number> {
  const project = await resolve(deps, target);
  return withPrivacy(deps, (privacy) => privacy.exportTo(file, project, subject, BY));
}

/** Places or lifts a hold, also while a server runs. */
export const setHold = (deps: AdminDeps, target: Target, session: string, isOn: boolean): Promise<void> =>
  withAccounts(deps, false, async (accounts) => {
    const project = await projectId(accounts, target.project);
    await accounts.setHold({ project, session, isOn, at: deps.clock() }, BY);
  });

/** Sessions under a hold. */
export const listHolds = (deps: AdminDeps, target: Target): Promise<string[]> =>
  withAccounts(deps, false, async (accounts) => accounts.holds(await projectId(accounts, target.project)));

/** What a project's batches are kept without; null when they are kept as they come. */
export const scrubRulesOf = (deps: AdminDeps, target: Target): Promise<ScrubRules | null> =>
  withAccounts(deps, false, async (accounts) => accounts.scrubRules(await projectId(accounts, target.project)));

/** Says what, for batches from now on, also while a server runs. */
export const setScrubRules = (deps: AdminDeps, target: Target, rules: ScrubRules | null): Promise<void> =>
  withAccounts(deps, false, async (accounts) => {
    const project = await projectId(accounts, target.project);
    await accounts.setScrubRules({ project, rules, at: deps.clock() }, BY);
  });

/** Says how long a project keeps sessions; null for ever. A running server applies it within the hour. */
export const setRetention = (deps: AdminDeps, target: Target, days: number | null): Promise<void> =>
  withAccounts(deps, false, async (accounts) => {
    const project = await projectId(accounts, target.project);
    await accounts.setRetention({ project, days, at: deps.clock() }, BY);
  });
