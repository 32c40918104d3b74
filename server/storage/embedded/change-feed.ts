import type { ReadDb } from '../../../shared/node/sqlite.ts';
import { type Change, ChangePage } from '../../../shared/wire/change.ts';
import type { ChangeList } from '../storage.ts';
import { readAnnotations } from './annotations.ts';
import { readTombstone, readTombstones, type SessionName } from './tombstones.ts';

const COLUMNS = `chunk.seq AS seq, 'chunk' AS kind, session, "window", generation, first AS firstSeq, count, from_at AS fromAt,
         to_at AS toAt, skew_ms AS skewMs, received_at AS receivedAt, bytes, lower(hex(sha256)) AS sha256`;

/** The feed's query; its plan is part of the tests. */
export const FEED_SQL = `
  SELECT ${COLUMNS}
  FROM chunk JOIN stream ON stream.id = chunk.stream
  WHERE chunk.project = ? AND chunk.seq > ? ORDER BY chunk.seq LIMIT ?`;

/**
 * The feed of one session. Its generations are read off the index, those behind the cursor sorted: one that is followed has
 * few of them.
 */
export const SESSION_FEED_SQL = `
  SELECT ${COLUMNS}
  FROM stream JOIN chunk ON chunk.stream = stream.id
  WHERE stream.project = ? AND stream.session = ? AND chunk.seq > ? ORDER BY chunk.seq LIMIT ?`;

/** The same for `feedHead`. */
export const HEAD_SQL = `
  SELECT max(coalesce((SELECT max(seq) FROM chunk WHERE project = ?), 0),
             coalesce((SELECT max(seq) FROM tombstone WHERE project = ?), 0),
             coalesce((SELECT max(seq) FROM annotation WHERE project = ?), 0)) AS head`;

/** Highest sequence number of a project, 0 when it has none. */
export const feedHead = (db: ReadDb, project: string): number =>
  db.get<{ head: number }>(HEAD_SQL, project, project, project)?.head ?? 0;

/** Changes of one project behind a cursor, in rising order; annotations for those who ask for them. */
export function readFeed(
  db: ReadDb,
  project: string,
  after: number,
  limit: number,
  withAnnotations: boolean,
): ChangeList {
  const chunks = db.all<Change>(FEED_SQL, project, after, limit);
  const tombstones = readTombstones(db, project, after, limit);
  const annotations = withAnnotations ? readAnnotations(db, project, after, limit) : [];
  const changes = [...chunks, ...tombstones, ...annotations].sort((a, b) => a.seq - b.seq).slice(0, limit);
  return { changes: ChangePage.shape.changes.parse(changes), head: feedHead(db, project) };
}

/** Changes of one session behind a cursor, in rising order; the head is the project's. */
export function readSessionFeed(
  db: ReadDb,
  { project, session }: SessionName,
  after: number,
  limit: number,
): ChangeList {
  const chunks = db.all<Change>(SESSION_FEED_SQL, project, session, after, limit);
  const changes = [...chunks, ...readTombstone(db, { project, session }, after)].slice(0, limit);
  return { changes: ChangePage.shape.changes.parse(changes), head: feedHead(db, project) };
}

/** Where a project's chunk lies; undefined also for the chunk of another project. */
export const findPlace = (db: ReadDb, project: string, seq: number) =>
  db.get<{ segment: number; bodyAt: number; bytes: number; sha256: string }>(
    `SELECT segment, body_at AS bodyAt, bytes, lower(hex(sha256)) AS sha256 FROM chunk WHERE seq = ? AND project = ?`,
    seq,
    project,
  );
