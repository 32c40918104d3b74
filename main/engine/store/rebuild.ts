import type { SessionKey } from '../../../shared/model/identity.ts';
import type { FoundRecord } from '../../../shared/node/session-file.ts';
import type { WriteDb } from '../../../shared/node/sqlite.ts';
import { addChunkRow, countSession, ensureSession } from './library-rows.ts';
import type { SessionFiles } from './session-files.ts';

/**
 * Makes the rows of all sessions again from their files; running it again changes nothing. Files that cannot be read are
 * set aside. Derived data is made later. @returns how many sessions.
 */
export function rebuildLibrary(db: WriteDb, files: SessionFiles): number {
  let count = 0;
  for (const key of files.keys()) if (rebuildSession(db, files, key)) count++;
  return count;
}

function rebuildSession(db: WriteDb, files: SessionFiles, key: SessionKey): boolean {
  const { records, end, size } = files.scan(key, 0);
  const origin = records.map((record) => record.head).findLast((head) => head.kind === 'session');
  if (origin?.key !== key || !records.some((record) => record.head.kind === 'chunk')) {
    // What no row names is removed after opening; a damaged recording is not ours to throw away.
    if (end < size || (origin && origin.key !== key)) files.setAside(key);
    return false;
  }
  const broken = end < size ? 'The file of this recording is damaged; what lies before the damage was kept.' : null;
  const notice = [origin.notice, broken].filter((text) => text !== null).join(' ');
  return db.transaction(() => {
    const session = ensureSession(db, origin);
    for (const record of records) addFound(db, session, record);
    countSession(db, session);
    db.run('UPDATE session SET notice = ? WHERE id = ?', notice === '' ? null : notice, session);
    return true;
  });
}

function addFound(db: WriteDb, session: number, { head, offset, length }: FoundRecord): void {
  if (head.kind === 'chunk') addChunkRow(db, session, { ...head, offset, length });
}
