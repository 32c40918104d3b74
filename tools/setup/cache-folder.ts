import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** Where things live that outlast a checkout: `${XDG_CACHE_HOME:-~/.cache}/traceflow`. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const folder = join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'traceflow');
  mkdirSync(folder, { recursive: true });
  return folder;
}

const alreadyThere = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOTEMPTY' || error.code === 'EEXIST');

/**
 * Makes a file or folder of the cache in a scratch folder beside it and moves it into place in one step, so that
 * nobody ever meets a half-made one. When two processes make the same thing, the first one wins.
 * @param make fills the scratch folder and returns the path in it that becomes `target`
 */
export async function makeAtomically(target: string, make: (scratch: string) => Promise<string>): Promise<void> {
  const scratch = mkdtempSync(join(dirname(target), `.${basename(target)}-`));
  try {
    renameSync(await make(scratch), target);
  } catch (error) {
    if (!alreadyThere(error)) throw error;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
