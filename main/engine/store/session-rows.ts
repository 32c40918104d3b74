import { AppError } from '../../../shared/lib/app-error.ts';
import type { SessionKey } from '../../../shared/model/identity.ts';
import type { ChunkInfo, SessionRow } from '../../../shared/model/session.ts';
import type { ReadDb } from '../../../shared/node/sqlite.ts';

/** A row of `session` as SQLite gives it. */
export interface StoredSession {
  readonly id: number;
  readonly key: SessionKey;
  readonly source: string;
  readonly session_id: string;
  readonly started_at: number;
  readonly duration_ms: number;
  readonly entry_url: string;
  readonly exit_url: string;
  readonly user: string | null;
  readonly user_agent: string | null;
  readonly release: string | null;
  readonly events: number;
  readonly clicks: number;
  readonly errors: number;
  readonly failed_requests: number;
  readonly frustrations: number;
  readonly bytes: number;
  readonly state: SessionRow['state'];
  readonly verdict: string | null;
  readonly notice: string | null;
  readonly facts_version: number;
  readonly analysis_version: number;
  readonly notes: number;
  readonly pinned: number;
  readonly fault: SessionRow['fault'];
  readonly browser: string | null;
  readonly frustration_score: number;
  readonly frustration_kinds: string;
  readonly activity: string;
}

/** A row of `chunk` as SQLite gives it. */
export interface StoredChunk {
  readonly idx: number;
  readonly window_id: string;
  readonly generation: string;
  readonly first_seq: number;
  readonly count: number;
  readonly from_at: number;
  readonly to_at: number;
  readonly file_offset: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** A row with the names of its tags, as JSON in alphabetical order. */
export type ListedSession = StoredSession & { readonly tags: string };

/** Selects a `ListedSession`: what to add to `session.*`. */
export const TAGS_COLUMN = `(SELECT json_group_array(name) FROM (SELECT name FROM tag WHERE tag.session = session.id ORDER BY name)) AS tags`;

/** The row as the contract has it. */
export const readSessionRow = (row: ListedSession): SessionRow => ({
  key: row.key,
  source: row.source,
  sessionId: row.session_id,
  startedAt: row.started_at,
  durationMs: row.duration_ms,
  entryUrl: row.entry_url,
  exitUrl: row.exit_url,
  user: row.user,
  userAgent: row.user_agent,
  release: row.release,
  events: row.events,
  clicks: row.clicks,
  errors: row.errors,
  failedRequests: row.failed_requests,
  frustrations: row.frustrations,
  bytes: row.bytes,
  state: row.state,
  verdict: row.verdict,
  notice: row.notice,
  tags: JSON.parse(row.tags) as SessionRow['tags'],
  notes: row.notes,
  pinned: row.pinned === 1,
  fault: row.fault,
  browser: row.browser,
  frustrationScore: row.frustration_score,
  frustrationKinds: JSON.parse(row.frustration_kinds) as SessionRow['frustrationKinds'],
  activity: JSON.parse(row.activity) as SessionRow['activity'],
});

/** The chunk as the contract has it, with its place in the file. */
export const readChunkRow = (row: StoredChunk): ChunkInfo & { offset: number } => ({
  index: row.idx,
  window: row.window_id,
  generation: row.generation,
  firstSeq: row.first_seq,
  count: row.count,
  fromAt: row.from_at,
  toAt: row.to_at,
  bytes: row.bytes,
  sha256: row.sha256,
  offset: row.file_offset,
});

/** What the search looks in: everything of a row that has words, in lower case. */
export const searchText = (parts: readonly (string | null)[]): string =>
  parts
    .filter((part) => part !== null && part !== '')
    .join('\n')
    .toLowerCase();

/** @throws AppError `not-found`. */
export function sessionOf(db: ReadDb, key: SessionKey): ListedSession {
  const row = db.get<ListedSession>(`SELECT session.*, ${TAGS_COLUMN} FROM session WHERE key = ?`, key);
  if (!row) throw new AppError('not-found', `There is no session ${key} in this library. It may have been deleted.`);
  return row;
}

/** All chunks of a session in order of arrival. */
export const chunksOf = (db: ReadDb, session: number): (ChunkInfo & { offset: number })[] =>
  db.all<StoredChunk>('SELECT * FROM chunk WHERE session = ? ORDER BY idx', session).map(readChunkRow);
