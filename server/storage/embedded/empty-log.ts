import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../../shared/lib/app-error.ts';
import type { WriteDb } from '../../../shared/node/sqlite.ts';

const ATTEMPTS = 100;
const PAUSE_MS = 50;

/** Old pages stay in SQLite's log until it is written back. @throws AppError while readers keep it from being. */
export async function emptyLog(db: WriteDb): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (db.get<{ busy: number }>('PRAGMA wal_checkpoint(TRUNCATE)')?.busy === 0) return;
    await wait(PAUSE_MS);
  }
  throw new AppError(
    'internal',
    'The database is in use all the time: its log still holds what was erased. Try again.',
  );
}
