import type { SessionSort } from '../../../shared/ipc/engine-calls.ts';
import type { SessionRow } from '../../../shared/model/session.ts';
import type { ReadDb, SqlValue } from '../../../shared/node/sqlite.ts';
import { type ListedSession, readSessionRow, TAGS_COLUMN } from './session-rows.ts';

/** One page of the library. */
export interface ListQuery {
  readonly search: string;
  readonly sort: SessionSort;
  readonly descending: boolean;
  readonly offset: number;
  readonly limit: number;
}

/** Columns by the name the contract gives them; the only way a name gets into the SQL. */
const COLUMNS: Readonly<Record<SessionSort, string>> = {
  startedAt: 'started_at',
  durationMs: 'duration_ms',
  events: 'events',
  clicks: 'clicks',
  errors: 'errors',
  failedRequests: 'failed_requests',
  frustrations: 'frustrations',
  user: 'user',
  entryUrl: 'entry_url',
};

/** Words beyond this many would only slow the query down. */
const MAX_WORDS = 16;

/** `LIKE` patterns, one a word; `%` and `_` in a word mean themselves. */
const patternsOf = (search: string): string[] =>
  search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, MAX_WORDS)
    .map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);

/** The two statements of a list and their values; separate so that a test can read their plans. */
export function listSql(query: ListQuery): { page: string; total: string; words: string[]; window: SqlValue[] } {
  const words = patternsOf(query.search);
  const where = words.length > 0 ? `WHERE ${words.map(() => `search LIKE ? ESCAPE '\\'`).join(' AND ')}` : '';
  const column = COLUMNS[query.sort];
  const order = query.descending ? 'DESC' : 'ASC';
  return {
    // The ids come out of an index in order; whole rows are read only for those shown.
    page: `SELECT session.*, ${TAGS_COLUMN} FROM (SELECT id FROM session ${where} ORDER BY ${column} ${order}, id ${order} LIMIT ? OFFSET ?) AS shown
JOIN session ON session.id = shown.id ORDER BY session.${column} ${order}, session.id ${order}`,
    total: `SELECT count(*) AS total FROM session ${where}`,
    words,
    window: [query.limit, query.offset],
  };
}

/** Rows of one page and how many there are in all. */
export function listSessions(db: ReadDb, query: ListQuery): { rows: SessionRow[]; total: number } {
  const { page, total, words, window } = listSql(query);
  return {
    rows: db.all<ListedSession>(page, ...words, ...window).map(readSessionRow),
    total: db.get<{ total: number }>(total, ...words)?.total ?? 0,
  };
}
