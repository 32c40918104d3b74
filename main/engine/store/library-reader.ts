import { join } from 'node:path';
import type { SessionRow } from '../../../shared/model/session.ts';
import { openReader, type ReadDb } from '../../../shared/node/sqlite.ts';
import { countFacet, type FacetCount, type FacetRequest } from './facet-counts.ts';
import { type BrowseQuery, hasHidden, type ListQuery, listSql } from './session-list.ts';
import { type ListedSession, readSessionRow, TAGS_COLUMN } from './session-rows.ts';

/**
 * Reads what takes long, beside the store: lists that no index has in order, and counts over all sessions. Lives in a
 * worker thread with a connection that can only read.
 */
export interface LibraryReader {
  list(query: ListQuery): { rows: SessionRow[]; total: number };
  facet(input: { readonly query: BrowseQuery; readonly request: FacetRequest }): FacetCount[];
  /** Must be the last call. */
  close(): void;
}

/** Orders that are kept, newest first: going back and forth between a few views costs nothing. */
const KEPT_ORDERS = 4;

/** @param options.profileDir whose library the store has opened. */
export function openLibraryReader(options: {
  readonly profileDir: string;
  readonly nativeBinding?: string | undefined;
}): LibraryReader {
  const { nativeBinding, profileDir } = options;
  const db = openReader({ file: join(profileDir, 'library.db'), nativeBinding });
  const orders = createOrders(db);
  return {
    list: (query) => {
      const ids = orders.of(query);
      const shown = ids.slice(query.offset, query.offset + query.limit);
      return { rows: rowsOf(db, shown), total: ids.length };
    },
    facet: ({ query, request }) => countFacet(db, query, request),
    close: () => db.close(),
  };
}

/**
 * The ids of a whole list in order, made once and kept until the library changes: scrolling then reads 200 rows by their
 * ids instead of sorting 100,000 for each page, and the pages of one list fit together.
 */
function createOrders(db: ReadDb): { of(query: ListQuery): readonly number[] } {
  const kept = new Map<string, readonly number[]>();
  let version = -1;
  return {
    of: (query) => {
      const now = db.get<{ data_version: number }>('PRAGMA data_version')?.data_version ?? 0;
      if (now !== version) kept.clear();
      version = now;
      const { offset: _offset, limit: _limit, ...list } = query;
      const name = JSON.stringify(list);
      const known = kept.get(name);
      kept.delete(name);
      const { ids, values } = listSql(query, hasHidden(db));
      const order = known ?? db.all<{ id: number }>(ids, ...values).map(({ id }) => id);
      kept.set(name, order);
      for (const old of [...kept.keys()].slice(0, -KEPT_ORDERS)) kept.delete(old);
      return order;
    },
  };
}

function rowsOf(db: ReadDb, ids: readonly number[]): SessionRow[] {
  const rows = db.all<ListedSession>(
    `SELECT session.*, ${TAGS_COLUMN} FROM session WHERE id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(ids),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    return row ? [readSessionRow(row)] : []; // deleted since: the next change announces it
  });
}
