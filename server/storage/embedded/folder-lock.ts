import { AppError } from '../../../shared/lib/app-error.ts';
import { openWriter, type WriteDb } from '../../../shared/node/sqlite.ts';

/** A folder that this process alone serves. */
export interface FolderLock {
  release(): void;
}

/**
 * Keeps a second server out of a folder. The lock is an open transaction of an otherwise empty database: the system lets go
 * of it when the process ends, however it ends, so that no stale lock file is ever left behind.
 * @throws AppError `conflict` when another server has the folder.
 */
export function lockFolder(dir: string, nativeBinding?: string): FolderLock {
  const db = openWriter({ file: `${dir}/lock.sqlite`, nativeBinding });
  try {
    take(db);
  } catch (error) {
    db.close();
    throw new AppError('conflict', `Another server is already running on ${dir}. Stop it, or choose another folder.`, {
      cause: error,
    });
  }
  return { release: () => db.close() };
}

function take(db: WriteDb): void {
  db.exec('PRAGMA busy_timeout = 0');
  db.exec('BEGIN IMMEDIATE');
}
