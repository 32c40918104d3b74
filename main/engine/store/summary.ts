import { statfsSync } from 'node:fs';
import type { StorageSources, StorageSummary } from '../../../shared/ipc/engine-calls.ts';
import type { ReadDb } from '../../../shared/node/sqlite.ts';

/** Counts the library in one pass over its sessions. */
export const summarise = (db: ReadDb): StorageSummary =>
  db.get<StorageSummary>(
    `SELECT count(*) AS sessions, count(*) FILTER (WHERE state = 'downloaded') AS downloaded,
       coalesce(sum(bytes), 0) AS bytes FROM session
       WHERE id NOT IN (SELECT session FROM hidden)`,
  ) ?? { sessions: 0, downloaded: 0, bytes: 0 };

/** Counts it by source, also in one pass. */
export function sourcesOf(db: ReadDb, profileDir: string): StorageSources {
  const sources = db.all<StorageSources['sources'][number]>(
    `SELECT CASE WHEN source LIKE 'file:%' THEN 'files' ELSE source END AS source, count(*) AS sessions, sum(bytes) AS bytes
       FROM session WHERE id NOT IN (SELECT session FROM hidden) GROUP BY 1 ORDER BY 3 DESC, 1`,
  );
  const { bavail, bsize } = statfsSync(profileDir);
  return { sources, freeBytes: bavail * bsize };
}
