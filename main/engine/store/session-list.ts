import type { SessionSort } from '../../../shared/ipc/engine-calls.ts';
import type { SessionRow } from '../../../shared/model/session.ts';
import { isNoFilter, NO_FILTER, type SessionFilter } from '../../../shared/model/session-filter.ts';
import type { ReadDb, SqlValue } from '../../../shared/node/sqlite.ts';
import { whereOf } from './filter-sql.ts';
import { type ListedSession, readSessionRow, TAGS_COLUMN } from './session-rows.ts';

/** One step of an order. */
export interface SortKey {
  readonly by: SessionSort;
  readonly descending: boolean;
}

/** Which sessions, in which order. */
export interface BrowseQuery {
  readonly search: string;
  readonly filter?: SessionFilter;
  readonly sort: SessionSort;
  readonly descending: boolean;
  /** What decides among those that are equal. */
  readonly thenBy?: readonly SortKey[];
}

/** One page of the library. */
export interface ListQuery extends BrowseQuery {
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
  frustrationScore: 'frustration_score',
  user: 'user',
  entryUrl: 'entry_url',
  release: 'release',
  browser: 'browser',
  verdict: 'outcome',
  notes: 'notes',
  bytes: 'bytes',
};

/** Columns with an index of their own: a page in their order is read off that index. */
const INDEXED: ReadonlySet<SessionSort> = new Set<SessionSort>([
  'startedAt',
  'durationMs',
  'events',
  'clicks',
  'errors',
  'failedRequests',
  'frustrations',
  'frustrationScore',
  'user',
  'entryUrl',
]);

/** Whether a page can be read off an index; otherwise all sessions have to be looked at. */
export const isCheap = ({ filter = NO_FILTER, sort, thenBy = [] }: BrowseQuery): boolean =>
  isNoFilter(filter) && thenBy.length === 0 && INDEXED.has(sort);

/** Verdicts by what they mean, not by their letters. */
const verdictRank = (column: string): string =>
  `CASE ${column} WHEN 'confirmed' THEN 4 WHEN 'likely' THEN 3 WHEN 'inconclusive' THEN 2 WHEN 'nothing-wrong' THEN 1 ELSE 0 END`;

/**
 * `ORDER BY` of a query. The row id comes last, so that no two sessions are equal. Where all sessions are looked at anyway,
 * the `+` keeps SQLite from taking them in the order of a small index and fetching the row of each.
 */
function orderOf(query: BrowseQuery, table: string): string {
  const { sort, descending, thenBy = [] } = query;
  const sign = isCheap(query) ? '' : '+';
  const keys = [{ by: sort, descending }, ...thenBy].filter(
    (key, index, all) => all.findIndex(({ by }) => by === key.by) === index,
  );
  const word = (down: boolean): string => (down ? 'DESC' : 'ASC');
  return `ORDER BY ${[
    ...keys.map(({ by, descending: down }) => {
      const column = `${table}${COLUMNS[by]}`;
      return `${by === 'verdict' ? verdictRank(column) : sign + column} ${word(down)}`;
    }),
    `${table}id ${word(descending)}`,
  ].join(', ')}`;
}

/** The statements of a list and their values; separate so that a test can read their plans. */
export function listSql(
  query: ListQuery,
  hidden = false,
): { page: string; total: string; ids: string; values: readonly SqlValue[]; window: SqlValue[] } {
  const { filter = NO_FILTER, search } = query;
  const where = whereOf({ search, filter }, hidden);
  const ids = `SELECT id FROM session ${where.sql} ${orderOf(query, '')}`;
  return {
    // The ids come out of an index in order; whole rows are read only for those shown.
    page: `SELECT session.*, ${TAGS_COLUMN} FROM (${ids} LIMIT ? OFFSET ?) AS shown
JOIN session ON session.id = shown.id ${orderOf(query, 'session.')}`,
    total: `SELECT count(*) AS total FROM session ${where.sql}`,
    ids,
    values: where.values,
    window: [query.limit, query.offset],
  };
}

/** Whether any session is about to be deleted. */
export const hasHidden = (db: ReadDb): boolean => db.get('SELECT 1 FROM hidden LIMIT 1') !== undefined;

/** Rows of one page and how many there are in all. */
export function listSessions(db: ReadDb, query: ListQuery): { rows: SessionRow[]; total: number } {
  const { page, total, values, window } = listSql(query, hasHidden(db));
  return {
    rows: db.all<ListedSession>(page, ...values, ...window).map(readSessionRow),
    total: db.get<{ total: number }>(total, ...values)?.total ?? 0,
  };
}
