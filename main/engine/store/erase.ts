import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { SessionKey } from '../../../shared/model/identity.ts';
import type { WriteDb } from '../../../shared/node/sqlite.ts';

/**
 * Within a transaction: a session that the server erased is gone, also when it never came, and stays away whatever arrives of it
 * later. @returns 1 when it was here.
 */
export function eraseRows(db: WriteDb, key: SessionKey): number {
  db.run('INSERT OR IGNORE INTO forgotten (key) VALUES (?)', key);
  db.run('DELETE FROM writing WHERE key = ?', key);
  return db.run('DELETE FROM session WHERE key = ?', key).changes;
}

const ATTEMPTS = 20;
const PAUSE_MS = 50;

/**
 * After an erasure: writes the database's log back, in which old pages stay otherwise, and removes copies of the database that were set
 * aside (damaged, or from before a migration). A reader that is busy all the time keeps the log for a later sync; closing the app empties it too.
 */
export async function leaveNoTrace(db: WriteDb): Promise<void> {
  const file = db.get<{ file: string }>('PRAGMA database_list')?.file;
  if (file) for (const copy of copiesOf(file)) rmSync(copy, { force: true });
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (db.get<{ busy: number }>('PRAGMA wal_checkpoint(TRUNCATE)')?.busy === 0) return;
    await wait(PAUSE_MS);
  }
}

/** `library.db.before-20` and `library.damaged-1700000000000.db`, as `open-library.ts` names them. */
function copiesOf(file: string): string[] {
  const name = basename(file, '.db');
  return readdirSync(dirname(file))
    .filter((other) => other.startsWith(`${name}.db.before-`) || other.startsWith(`${name}.damaged-`))
    .map((other) => join(dirname(file), other));
}
