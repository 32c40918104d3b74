import type { SessionKey } from '../../../shared/model/identity.ts';
import type { ReadDb, WriteDb } from '../../../shared/node/sqlite.ts';
import type { Store } from './store-api.ts';

/** Whether a session is about to be deleted. */
export const isHidden = (db: ReadDb, key: SessionKey): boolean =>
  db.get('SELECT 1 FROM hidden JOIN session ON session.id = hidden.session WHERE session.key = ?', key) !== undefined;

/** The part of the store that hides sessions about to be deleted. */
export type HiddenSessions = Pick<Store, 'hide' | 'unhide'>;

/**
 * Hidden sessions are out of every list, but nothing of them is gone. A program that ends without erasing them, because it
 * was killed, falls on the side of keeping: they are listed again at the next start.
 */
export function createHiddenSessions(db: WriteDb): HiddenSessions {
  db.run('DELETE FROM hidden');
  return {
    hide: ({ keys }) =>
      db.transaction(() =>
        keys.filter(
          (key) =>
            db.run('INSERT OR IGNORE INTO hidden (session) SELECT id FROM session WHERE key = ?', key).changes > 0,
        ),
      ),
    unhide: ({ keys }) =>
      db.transaction(() =>
        keys.filter(
          (key) => db.run('DELETE FROM hidden WHERE session = (SELECT id FROM session WHERE key = ?)', key).changes > 0,
        ),
      ),
  };
}
