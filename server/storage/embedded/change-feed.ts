import type { ReadDb } from '../../../shared/node/sqlite.ts';
import { type Change, ChangePage } from '../../../shared/wire/change.ts';
import type { ChangeList } from '../storage.ts';
import { readTombstones } from './tombstones.ts';

/** The feed's query; its plan is part of the tests. */
export const FEED_SQL = `
  SELECT chunk.seq AS seq, 'chunk' AS kind, session, "window", generation, first AS firstSeq, count, from_at AS fromAt,
         to_at AS toAt, skew_ms AS skewMs, received_at AS receivedAt, bytes, lower(hex(sha256)) AS sha256
  FROM chunk JOIN stream ON stream.id = chunk.stream
  WHERE chunk.project = ? AND chunk.seq > ? ORDER BY chunk.seq LIMIT ?`;

/** The same for `feedHead`. */
export const HEAD_SQL = `
  SELECT max(coalesce((SELECT max(seq) FROM chunk WHERE project = ?), 0),
             coalesce((SELECT max(seq) FROM tombstone WHERE project = ?), 0)) AS head`;

/** Highest sequence number of a project, 0 when it has none. */
export const feedHead = (db: ReadDb, project: string): number =>
  db.get<{ head: number }>(HEAD_SQL, project, project)?.head ?? 0;

/** Changes of one project behind a cursor, in rising order. */
export function readFeed(db: ReadDb, project: string, after: number, limit: number): ChangeList {
  const chunks = db.all<Change>(FEED_SQL, project, after, limit);
  const tombstones = readTombstones(db, project, after, limit);
  const changes = [...chunks, ...tombstones].sort((a, b) => a.seq - b.seq).slice(0, limit);
  return { changes: ChangePage.shape.changes.parse(changes), head: feedHead(db, project) };
}

/** Where a project's chunk lies; undefined also for the chunk of another project. */
export const findPlace = (db: ReadDb, project: string, seq: number) =>
  db.get<{ segment: number; bodyAt: number; bytes: number; sha256: string }>(
    `SELECT segment, body_at AS bodyAt, bytes, lower(hex(sha256)) AS sha256 FROM chunk WHERE seq = ? AND project = ?`,
    seq,
    project,
  );
