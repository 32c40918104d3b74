import type { SessionKey } from '../../../shared/model/identity.ts';
import type { ReadDb, WriteDb } from '../../../shared/node/sqlite.ts';
import { contentKey } from './content-key.ts';
import { chunksOf, searchText } from './session-rows.ts';
import type { NewChunk } from './store-api.ts';

/** A chunk whose bytes lie in the session's file. */
export interface PlacedChunk extends NewChunk {
  readonly offset: number;
  readonly length: number;
}

/** Whose chunks they are. */
export interface SessionOrigin {
  readonly key: SessionKey;
  readonly source: string;
  readonly sessionId: string;
}

/** @returns the row id of the session, made when it is new. Its numbers are set by `countSession`. */
export function ensureSession(db: WriteDb, origin: SessionOrigin): number {
  const known = db.get<{ id: number }>('SELECT id FROM session WHERE key = ?', origin.key);
  if (known) return known.id;
  const made = db.run(
    `INSERT INTO session (key, source, session_id, started_at, duration_ms, entry_url, exit_url, events, clicks, errors,
       failed_requests, frustrations, bytes, state, search) VALUES (?, ?, ?, 0, 0, '', '', 0, 0, 0, 0, 0, 0, 'downloaded', ?)`,
    origin.key,
    origin.source,
    origin.sessionId,
    searchText([origin.sessionId]),
  );
  return Number(made.lastInsertRowid);
}

/** Adds the row of a chunk unless the same range is there. @returns whether it was new. */
export function addChunkRow(db: WriteDb, session: number, chunk: PlacedChunk): boolean {
  const { changes } = db.run(
    `INSERT OR IGNORE INTO chunk (session, idx, window_id, generation, first_seq, count, from_at, to_at, skew_ms, file_offset,
       bytes, sha256) VALUES (?, (SELECT coalesce(max(idx), -1) + 1 FROM chunk WHERE session = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    session,
    session,
    chunk.window,
    chunk.generation,
    chunk.firstSeq,
    chunk.count,
    chunk.fromAt,
    chunk.toAt,
    chunk.skewMs,
    chunk.offset,
    chunk.length,
    chunk.sha256,
  );
  return changes > 0;
}

/** Sets what the chunks alone tell, and marks the derived data as to be made. Times are the pages', unless there are none. */
export function countSession(db: WriteDb, session: number): void {
  db.run(
    `UPDATE session SET facts_version = 0, analysis_version = 0,
       (events, bytes, started_at, duration_ms) =
         (SELECT events, bytes, from_at, to_at - from_at FROM (
            SELECT sum(count) AS events, sum(bytes) AS bytes,
              coalesce(min(from_at) FILTER (WHERE is_page), min(from_at)) AS from_at,
              coalesce(max(to_at) FILTER (WHERE is_page), max(to_at)) AS to_at
            FROM (SELECT *, substr(window_id, 1, 8) <> 'backend_' AS is_page FROM chunk WHERE session = ?)))
     WHERE id = ?`,
    session,
    session,
  );
  const sessionId =
    db.get<{ session_id: string }>('SELECT session_id FROM session WHERE id = ?', session)?.session_id ?? '';
  db.run('UPDATE session SET content = ? WHERE id = ?', contentKey(sessionId, chunksOf(db, session)), session);
}

/** Sha of a stored chunk with exactly this range, or undefined. */
export const storedSha = (db: ReadDb, key: SessionKey, chunk: NewChunk): string | undefined =>
  db.get<{ sha256: string }>(
    `SELECT chunk.sha256 FROM session JOIN chunk ON chunk.session = session.id
     WHERE session.key = ? AND chunk.generation = ? AND chunk.first_seq = ? AND chunk.count = ?`,
    key,
    chunk.generation,
    chunk.firstSeq,
    chunk.count,
  )?.sha256;

/** Offset behind the last byte of a session's file that a row names. */
export const committedEnd = (db: ReadDb, key: SessionKey): number =>
  db.get<{ end: number | null }>(
    `SELECT max(chunk.file_offset + chunk.bytes) AS end FROM session JOIN chunk ON chunk.session = session.id
     WHERE session.key = ?`,
    key,
  )?.end ?? 0;

/** Whether the analyst deleted this session of a server. */
export const isForgotten = (db: ReadDb, key: SessionKey): boolean =>
  db.get('SELECT 1 FROM forgotten WHERE key = ?', key) !== undefined;
