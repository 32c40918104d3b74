import type { Facet, SessionFilter, SessionTrait } from '../../../shared/model/session-filter.ts';
import type { SqlValue } from '../../../shared/node/sqlite.ts';

/** A condition and its values; the empty text asks for nothing. */
export interface Where {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

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

/**
 * What a facet's values are made of. The `+` keeps SQLite from looking sessions up one by one through an index of that
 * column: reading one covering index from end to end is faster, and takes the same time whatever is asked.
 */
export const FACET_VALUE: Readonly<Record<Exclude<Facet, 'tag' | 'has'>, string>> = {
  source: `CASE WHEN substr(source, 1, 5) = 'file:' THEN 'file' ELSE source END`,
  release: `coalesce(release, '')`,
  verdict: `coalesce(outcome, 'none')`,
  fault: `coalesce(fault, '')`,
  browser: `coalesce(browser, '')`,
  state: '+state',
};

/** When a session has a trait. */
export const TRAIT_SQL: Readonly<Record<SessionTrait, string>> = {
  errors: '+errors > 0',
  'failed-requests': '+failed_requests > 0',
  frustration: '+frustrations > 0',
  notes: '+notes > 0',
  tags: 'EXISTS (SELECT 1 FROM tag WHERE tag.session = session.id)',
  pinned: '+pinned = 1',
};

/** Any number of values in one place, so that the statement is the same whatever is chosen. */
const LISTED = '(SELECT value FROM json_each(?))';

/** The condition of one list of a filter. */
function facetCondition(facet: Facet, filter: SessionFilter): Where | null {
  const values: readonly string[] = filter[facet];
  if (values.length === 0) return null;
  if (facet === 'has') return { sql: filter.has.map((trait) => TRAIT_SQL[trait]).join(' AND '), values: [] };
  if (facet === 'tag')
    return { sql: `id IN (SELECT session FROM tag WHERE name IN ${LISTED})`, values: [JSON.stringify(values)] };
  return { sql: `${FACET_VALUE[facet]} IN ${LISTED}`, values: [JSON.stringify(values)] };
}

/** What `whereOf` leaves out, so that the values of a facet can be counted as if nothing of it were chosen. */
export type Without = Facet | 'period' | null;

/**
 * The condition for a search and a filter together, from `WHERE` on.
 * @param hidden whether there are sessions that are about to be deleted: those are left out.
 */
export function whereOf(
  { search, filter }: { readonly search: string; readonly filter: SessionFilter },
  hidden: boolean,
  without: Without = null,
): Where {
  const facets: readonly Facet[] = ['has', 'source', 'state', 'verdict', 'fault', 'browser', 'release', 'tag'];
  const words = patternsOf(search);
  const bounds = without === 'period' ? [] : periodOf(filter);
  const parts = [
    ...facets.flatMap((facet) => (facet === without ? [] : (facetCondition(facet, filter) ?? []))),
    ...bounds,
    ...(hidden ? [{ sql: 'id NOT IN (SELECT session FROM hidden)', values: [] }] : []),
    ...words.map((word) => ({ sql: `search LIKE ? ESCAPE '\\'`, values: [word] })),
  ];
  if (parts.length === 0) return { sql: '', values: [] };
  return { sql: `WHERE ${parts.map(({ sql }) => sql).join(' AND ')}`, values: parts.flatMap(({ values }) => values) };
}

const periodOf = ({ from, to }: SessionFilter): Where[] => [
  ...(from === null ? [] : [{ sql: '+started_at >= ?', values: [from] }]),
  ...(to === null ? [] : [{ sql: '+started_at < ?', values: [to] }]),
];
