import { AppError, messageOf, sentence } from '../../../shared/lib/app-error.ts';
import { countText, manyText } from '../../../shared/lib/size-text.ts';
import type { JobContext } from '../jobs/jobs.ts';
import { displayName } from './display-name.ts';
import { type ImportDeps, type ImportedSession, importFile } from './import-file.ts';

/** Longest list of files in one message. */
const MAX_LISTED = 20;

/**
 * Imports files one after another; one that fails stops none of the others.
 * @param sourceOf the `source` of the sessions of a file.
 * @returns a closing message for people, a line for each thing to know.
 * @throws AppError with such a message, when a file failed.
 */
export async function importFiles(
  paths: readonly string[],
  sourceOf: (path: string) => string,
  deps: Omit<ImportDeps, 'progress' | 'signal'> & { readonly job: JobContext; readonly changed: () => void },
): Promise<string> {
  const said: string[] = [];
  let failed = false;
  let added = 0;
  let present = 0;
  for (const [index, path] of paths.entries()) {
    const name = displayName(path);
    const progress = (done: number, total: number): void =>
      deps.job.progress(index + Math.min(1, total > 0 ? done / total : 1), paths.length);
    const took = (session: ImportedSession): void => {
      deps.job.addSession(session.key);
      if (session.present) present++;
      else added++;
      if (session.found !== null) said.push(`${name}: ${session.found}`);
    };
    try {
      await importFile(path, sourceOf(path), { ...deps, signal: deps.job.signal, progress }, took);
    } catch (error) {
      if (deps.job.signal.aborted) throw error;
      failed = true;
      said.push(`${name} was not imported: ${sentence(messageOf(error))}`);
    }
    deps.job.progress(index + 1, paths.length);
    deps.changed();
  }
  const message = summaryOf(added, present, said);
  if (failed) throw new AppError('bad-request', message);
  return message;
}

/** One line for what was taken, one for each thing a person should know. */
function summaryOf(added: number, present: number, said: readonly string[]): string {
  const lines: string[] = [];
  if (added > 0) lines.push(`${manyText(added, 'session')} imported.`);
  if (present > 0) lines.push(`${countText(present)} already present.`);
  lines.push(...said.slice(0, MAX_LISTED));
  if (said.length > MAX_LISTED) lines.push(`And ${said.length - MAX_LISTED} more.`);
  return lines.length > 0 ? lines.join('\n') : 'There was nothing to import.';
}
