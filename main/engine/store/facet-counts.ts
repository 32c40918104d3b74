import { FACETS, type Facet, NO_FILTER, SessionTrait } from '../../../shared/model/session-filter.ts';
import type { ReadDb, SqlValue } from '../../../shared/node/sqlite.ts';
import { FACET_VALUE, TRAIT_SQL, whereOf } from './filter-sql.ts';
import { type BrowseQuery, hasHidden } from './session-list.ts';

/** How many sessions one value of a facet would leave. */
export interface FacetCount {
  readonly value: string;
  readonly sessions: number;
}

/** What is counted at once: a facet, or the sessions since each of some moments. */
export type FacetRequest =
  | { readonly facet: Facet }
  /** Ms since epoch. */
  | { readonly since: readonly number[] };

/** Values of one facet that are listed; the most frequent ones. */
const MAX_VALUES = 100;

type FacetQuery = Pick<BrowseQuery, 'search' | 'filter'>;

/** The statement that counts and its values; separate so that a test can read its plan. */
export function facetSql(
  { search, filter = NO_FILTER }: FacetQuery,
  request: FacetRequest,
  hidden = false,
): { sql: string; values: readonly SqlValue[] } {
  if ('since' in request) {
    const where = whereOf({ search, filter }, hidden, 'period');
    const sums = request.since.map((_, index) => `total(started_at >= ?) AS p${index}`);
    return { sql: `SELECT ${sums.join(', ')} FROM session ${where.sql}`, values: [...request.since, ...where.values] };
  }
  const { facet } = request;
  // Several traits must hold together: a count says what is left when that one is asked for too.
  const where = whereOf({ search, filter }, hidden, facet === 'has' ? null : facet);
  if (facet === 'has') {
    const sums = SessionTrait.options.map((trait) => `total(${TRAIT_SQL[trait]}) AS "${trait}"`);
    return { sql: `SELECT ${sums.join(', ')} FROM session ${where.sql}`, values: where.values };
  }
  const values = `GROUP BY value ORDER BY sessions DESC, value LIMIT ${MAX_VALUES}`;
  if (facet === 'tag') {
    return {
      sql: `SELECT name AS value, count(*) AS sessions FROM tag WHERE session IN (SELECT id FROM session ${where.sql}) ${values}`,
      values: where.values,
    };
  }
  const sql = `SELECT ${FACET_VALUE[facet]} AS value, count(*) AS sessions FROM session ${where.sql} ${values}`;
  return { sql, values: where.values };
}

/** Counts for one facet, most first; for moments one count each, in their order, the value being the moment. */
export function countFacet(db: ReadDb, query: FacetQuery, request: FacetRequest): FacetCount[] {
  if ('since' in request && request.since.length === 0) return [];
  const { sql, values } = facetSql(query, request, hasHidden(db));
  if (!('since' in request) && request.facet !== 'has') return db.all<FacetCount>(sql, ...values);
  const row = db.get<Record<string, number>>(sql, ...values) ?? {};
  if ('since' in request)
    return request.since.map((at, index) => ({ value: String(at), sessions: row[`p${index}`] ?? 0 }));
  return SessionTrait.options.map((trait) => ({ value: trait, sessions: row[trait] ?? 0 }));
}

/** Everything there is to count, in the order people look at it. */
export const facetRequests = (since: readonly number[]): readonly FacetRequest[] => [
  ...FACETS.map((facet) => ({ facet })),
  { since },
];
