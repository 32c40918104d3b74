import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { AppError, messageOf } from '../../../shared/lib/app-error.ts';
import { migrate } from '../../../shared/node/migrate.ts';
import { openWriter, type WriteDb } from '../../../shared/node/sqlite.ts';
import { isDiskError } from './disk-error.ts';
import { LIBRARY_MIGRATIONS } from './migrations.ts';
import { rebuildLibrary } from './rebuild.ts';
import { salvageMarks } from './salvage-marks.ts';
import { createSessionFiles, type SessionFiles } from './session-files.ts';

/** An open library, and what had to be mended. */
export interface Library {
  readonly db: WriteDb;
  readonly files: SessionFiles;
  readonly messages: string[];
  /** @param clean false when damage was met, so that the next opening checks everything. */
  close(clean: boolean): void;
}

/** @throws AppError `unsupported` when a newer version wrote the library; it is left as it is. */
export function openLibrary(options: {
  readonly profileDir: string;
  readonly now: number;
  readonly nativeBinding?: string | undefined;
}): Library {
  const sessions = join(options.profileDir, 'sessions');
  mkdirSync(sessions, { recursive: true });
  const files = createSessionFiles(sessions);
  const file = join(options.profileDir, 'library.db');
  const messages: string[] = [];
  let db: WriteDb;
  let aside: string | null = null;
  let reason = 'was missing, or had not been made again to its end. It was';
  try {
    db = openChecked(file, options.nativeBinding);
  } catch (error) {
    // SQLITE_ERROR: tables are missing. Anything else (no rights, no disk) is not mended by making the file again.
    if (error instanceof AppError && error.code !== 'damaged') throw error;
    if (isDiskError(error)) throw error;
    if (!isDamage(error) && codeOf(error) !== 'SQLITE_ERROR') {
      throw new AppError('internal', `The library ${file} cannot be opened: ${messageOf(error)}.`, { cause: error });
    }
    aside = setAside(file, options.now);
    db = openChecked(file, options.nativeBinding);
    reason = `was damaged (${messageOf(error)}). It was set aside as ${aside} and`;
  }
  // The state is first written below: without one the database is new, and recordings that lie here are not in it yet.
  if (stateOf(db) === undefined && files.keys().length > 0) {
    const count = rebuildLibrary(db, files);
    const marks = aside === null ? '' : salvageMarks(db, aside, options.nativeBinding);
    const words = `The library database ${reason} made again from the recordings: ${count} sessions.`;
    messages.push([words, marks, 'Servers have to be added again.'].filter((part) => part !== '').join(' '));
  }
  setMeta(db, 'state', 'open');
  return {
    db,
    files,
    messages,
    close: (clean) => {
      files.release();
      if (clean) setMeta(db, 'state', 'closed');
      db.close();
    },
  };
}

function openChecked(file: string, nativeBinding: string | undefined): WriteDb {
  const db = openWriter({ file, nativeBinding });
  try {
    const version = db.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0;
    if (version > 0) check(db);
    copyBeforeMigration(db, file, version);
    migrate(db, LIBRARY_MIGRATIONS);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** The whole database is read only when the last program did not close it: that takes a second for each 100 MB or so. */
function check(db: WriteDb): void {
  if (stateOf(db) === 'closed') return;
  const result = db.get<{ quick_check: string }>('PRAGMA quick_check(1)')?.quick_check;
  if (result !== 'ok') throw new AppError('damaged', result ?? 'no answer from the check');
}

function copyBeforeMigration(db: WriteDb, file: string, version: number): void {
  const latest = LIBRARY_MIGRATIONS.at(-1)?.version ?? 0;
  if (version === 0 || version >= latest) return;
  const copy = `${file}.before-${latest}`;
  if (!existsSync(copy)) db.run('VACUUM INTO ?', copy);
}

/** Whether an error says that the database itself is broken, so that making it again is the way out. */
export function isDamage(error: unknown): boolean {
  if (error instanceof AppError) return error.code === 'damaged';
  return /^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(error));
}

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '');

function setAside(file: string, now: number): string {
  const aside = file.replace(/\.db$/, `.damaged-${now}.db`);
  for (const ending of ['', '-wal', '-shm']) if (existsSync(file + ending)) renameSync(file + ending, aside + ending);
  return aside;
}

const stateOf = (db: WriteDb): string | undefined =>
  db.get<{ value: string }>(`SELECT value FROM meta WHERE name = 'state'`)?.value;

const setMeta = (db: WriteDb, name: string, value: string): void => {
  db.run(
    'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    name,
    value,
  );
};
