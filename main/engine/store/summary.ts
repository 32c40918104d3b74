import type { StorageSummary } from '../../../shared/ipc/engine-calls.ts';
import type { ReadDb } from '../../../shared/node/sqlite.ts';

/** Counts the library in one pass over its sessions. */
export const summarise = (db: ReadDb): StorageSummary =>
  db.get<StorageSummary>(
    `SELECT count(*) AS sessions, count(*) FILTER (WHERE state = 'downloaded') AS downloaded,
       coalesce(sum(bytes), 0) AS bytes FROM session
       WHERE id NOT IN (SELECT session FROM hidden)`,
  ) ?? { sessions: 0, downloaded: 0, bytes: 0 };
