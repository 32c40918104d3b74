import type { ServerInfo } from '../../../shared/ipc/engine-calls.ts';
import { AppError } from '../../../shared/lib/app-error.ts';
import type { WriteDb } from '../../../shared/node/sqlite.ts';
import type { Store } from './store-api.ts';

interface StoredServer {
  readonly id: string;
  readonly url: string;
  readonly project: string;
  readonly name: string;
  readonly cursor: number;
  readonly last_sync_at: number | null;
  readonly last_error: string | null;
  readonly label: string | null;
  readonly paused: number;
}

/** The part of the store that knows the servers. */
export type Servers = Pick<
  Store,
  'servers' | 'saveServer' | 'changeServer' | 'removeServer' | 'noteServer' | 'history'
>;

export function createServers(db: WriteDb): Servers {
  return {
    servers: () =>
      db.all<StoredServer>('SELECT * FROM server ORDER BY added_at, id').map(
        (row): ServerInfo => ({
          id: row.id,
          url: row.url,
          project: row.project,
          name: row.label ?? row.name,
          projectName: row.name,
          paused: row.paused === 1,
          cursor: row.cursor,
          lastSyncAt: row.last_sync_at,
          lastError: row.last_error,
        }),
      ),
    // Adding a server again renews its address and name; the cursor stays.
    saveServer: ({ id, url, project, name, history, cursor, addedAt }) => {
      db.run(
        `INSERT INTO server (id, url, project, name, history, cursor, added_at) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET url = excluded.url, name = excluded.name, last_error = NULL`,
        id,
        url,
        project,
        name,
        history,
        cursor,
        addedAt,
      );
    },
    changeServer: ({ id, name, paused }) => {
      const { changes } = db.run(
        `UPDATE server SET label = CASE WHEN ? THEN ? ELSE label END, paused = coalesce(?, paused) WHERE id = ?`,
        name === undefined ? 0 : 1,
        name ?? null,
        paused === undefined ? null : Number(paused),
        id,
      );
      if (changes === 0) throw new AppError('not-found', 'This server was removed. Add it again to change it.');
    },
    removeServer: ({ id }) => {
      db.run('DELETE FROM server WHERE id = ?', id);
    },
    noteServer: ({ id, lastError }) => {
      db.run('UPDATE server SET last_error = ? WHERE id = ?', lastError, id);
    },
    history: ({ id }) => {
      const row = db.get<{ history: string; cursor: number }>('SELECT history, cursor FROM server WHERE id = ?', id);
      if (!row) throw new AppError('not-found', 'This server was removed. Add it again to sync from it.');
      return row;
    },
  };
}
