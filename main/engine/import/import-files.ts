import { AppError, messageOf } from '../../../shared/lib/app-error.ts';
import type { JobContext } from '../jobs/jobs.ts';
import { displayName } from './display-name.ts';
import { type ImportDeps, importFile } from './import-file.ts';

/** Longest list of failures in one message. */
const MAX_LISTED = 20;

/**
 * Imports files one after another; one that fails stops none of the others.
 * @param sourceOf the `source` of the sessions of a file.
 * @returns a closing message for people.
 * @throws AppError naming every file that failed and why, when any did.
 */
export async function importFiles(
  paths: readonly string[],
  sourceOf: (path: string) => string,
  deps: Omit<ImportDeps, 'progress' | 'signal'> & { readonly job: JobContext; readonly changed: () => void },
): Promise<string> {
  const failures: string[] = [];
  let added = 0;
  let present = 0;
  for (const [index, path] of paths.entries()) {
    const progress = (done: number, total: number): void =>
      deps.job.progress(index + Math.min(1, total > 0 ? done / total : 1), paths.length);
    try {
      const sessions = await importFile(path, sourceOf(path), { ...deps, signal: deps.job.signal, progress });
      for (const session of sessions) {
        deps.job.addSession(session.key);
        if (session.present) present++;
        else added++;
      }
    } catch (error) {
      if (deps.job.signal.aborted) throw error;
      failures.push(`${displayName(path)} was not imported: ${messageOf(error)}.`);
    }
    deps.job.progress(index + 1, paths.length);
    deps.changed();
  }
  const message = summaryOf(added, present, failures);
  if (failures.length > 0) throw new AppError('bad-request', message);
  return message;
}

function summaryOf(added: number, present: number, failures: readonly string[]): string {
  const lines: string[] = [];
  if (added > 0) lines.push(`${added} ${added === 1 ? 'session' : 'sessions'} imported.`);
  if (present > 0) lines.push(`${present} already present.`);
  lines.push(...failures.slice(0, MAX_LISTED));
  if (failures.length > MAX_LISTED) lines.push(`And ${failures.length - MAX_LISTED} more files failed.`);
  return lines.length > 0 ? lines.join(' ') : 'There was nothing to import.';
}
