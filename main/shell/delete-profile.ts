import { existsSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { AppError, messageOf } from '../../shared/lib/app-error.ts';

/** Lies in the profile while all of it is being deleted, so that the next start goes on with what was cut off or still in use. */
const MARK = 'delete-everything';

/** What makes two programs on one profile impossible: Chromium lets go of it itself. */
const LOCKS = /^(?:Singleton\w+|lockfile)$/;

/** Chromium read its key for what it seals from here before our first line ran: without the file it could not read again what it seals from now on. */
const KEY_FILE = 'Local State';

/** Windows deletes nothing that is open; what a program that ends still holds is tried again, for some 5 s in all. */
const removeFile = (path: string): void =>
  rmSync(path, { recursive: true, force: true, maxRetries: 9, retryDelay: 100 });

/** Deletes all that lies in a profile: before the app ends what it can, after it started again the rest. */
export interface ProfileDeletion {
  /** Notes that everything is to go. @throws AppError `conflict` for a folder that no app should empty, `internal` when it cannot be written. */
  begin(): void;
  /** Deletes what is not in use. */
  clear(): void;
  /** Goes on with a deletion that was begun. Chromium must not have opened the profile yet. @returns what could not be deleted, and why. */
  finish(): readonly string[];
}

/** @param deps.home the person's home folder, which is never emptied. @param deps.remove deletes a file or folder, whether or not it is there. */
export function createProfileDeletion(deps: {
  readonly profileDir: string;
  readonly home: string;
  readonly remove?: (path: string) => void;
}): ProfileDeletion {
  const { profileDir, remove = removeFile } = deps;
  const mark = join(profileDir, MARK);
  const empty = (keep: (name: string) => boolean): string[] =>
    readdirSync(profileDir)
      .filter((name) => name !== MARK && !keep(name))
      .flatMap((name) => {
        try {
          remove(join(profileDir, name));
          return [];
        } catch (error) {
          return [`${name}: ${messageOf(error)}`];
        }
      });
  return {
    begin: () => {
      if (holds(profileDir, deps.home))
        throw new AppError(
          'conflict',
          `${profileDir} is or holds your home folder, so it is not emptied. Start TRACEFLOW without --profile, or with a folder of its own.`,
        );
      try {
        writeFileSync(mark, 'TRACEFLOW deletes this folder at its next start.\n');
      } catch (cause) {
        throw new AppError('internal', `Nothing was deleted: ${profileDir} cannot be written (${messageOf(cause)}).`, {
          cause,
        });
      }
    },
    clear: () => void empty((name) => LOCKS.test(name)),
    finish: () => {
      if (!existsSync(mark)) return [];
      const left = empty((name) => LOCKS.test(name) || name === KEY_FILE);
      if (left.length === 0) remove(mark);
      return left;
    },
  };
}

/** Whether `inner` is `outer` or lies in it. */
function holds(outer: string, inner: string): boolean {
  const path = relative(realpathSync(outer), realpathSync(inner));
  return path === '' || !(path.startsWith('..') || isAbsolute(path));
}
