import type { SessionSort } from '../../../shared/ipc/engine-calls.ts';
import type { SessionRow } from '../../../shared/model/session.ts';
import {
  FACETS,
  type Facet,
  type SessionFilter,
  SessionTrait,
  SessionVerdict,
} from '../../../shared/model/session-filter.ts';

/** What is asked of a list, as the engine's contract has it. */
export interface Asked {
  readonly search: string;
  readonly filter: SessionFilter;
}

/** One step of an order. */
export interface Step {
  readonly by: SessionSort;
  readonly descending: boolean;
}

/** The verdict of a row by the first word of its line. */
export function verdictOf({ verdict }: Pick<SessionRow, 'verdict'>): SessionVerdict {
  if (verdict === null) return 'none';
  const [word = ''] = verdict.split(/\s+/);
  return word === 'nothing' ? 'nothing-wrong' : SessionVerdict.parse(word);
}

const TRAITS: Readonly<Record<SessionTrait, (row: SessionRow) => boolean>> = {
  errors: (row) => row.errors > 0,
  'failed-requests': (row) => row.failedRequests > 0,
  frustration: (row) => row.frustrations > 0,
  notes: (row) => row.notes > 0,
  tags: (row) => row.tags.length > 0,
  pinned: (row) => row.pinned,
};

/** All values a row has for a facet. */
const valuesOf = (row: SessionRow, facet: Facet): readonly string[] => {
  switch (facet) {
    case 'source':
      return [row.source.startsWith('file:') ? 'file' : row.source];
    case 'verdict':
      return [verdictOf(row)];
    case 'tag':
      return row.tags;
    case 'has':
      return SessionTrait.options.filter((trait) => TRAITS[trait](row));
    default:
      return [row[facet] ?? ''];
  }
};

const fits = (row: SessionRow, facet: Facet, filter: SessionFilter): boolean => {
  const wanted: readonly string[] = filter[facet];
  const values = valuesOf(row, facet);
  if (facet === 'has') return wanted.every((one) => values.includes(one));
  return wanted.length === 0 || wanted.some((one) => values.includes(one));
};

/** Whether a row is asked for: the engine's rules in the plainest words, one row at a time. */
export function matches(row: SessionRow, { search, filter }: Asked, without: Facet | 'period' | null = null): boolean {
  const text = [row.entryUrl, row.exitUrl, row.user ?? '', row.release ?? '', row.sessionId].join('\n').toLowerCase();
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.every((word) => text.includes(word))) return false;
  if (without !== 'period' && filter.from !== null && row.startedAt < filter.from) return false;
  if (without !== 'period' && filter.to !== null && row.startedAt >= filter.to) return false;
  return FACETS.every((facet) => facet === without || fits(row, facet, filter));
}

const RANKS: Readonly<Record<SessionVerdict, number>> = {
  confirmed: 4,
  likely: 3,
  inconclusive: 2,
  'nothing-wrong': 1,
  none: 0,
};

const sortValue = (row: SessionRow, by: SessionSort): number | string | null =>
  by === 'verdict' ? RANKS[verdictOf(row)] : row[by];

/** Compares by one column; what is not known comes first, as in SQLite. */
function compareBy(a: SessionRow, b: SessionRow, by: SessionSort): number {
  const [x, y] = [sortValue(a, by), sortValue(b, by)];
  if (x === y) return 0;
  if (x === null) return -1;
  if (y === null) return 1;
  return x < y ? -1 : 1;
}

/** Rows in an order; equal ones by their place in `rows`, in the direction of the first step. */
export function sorted(rows: readonly SessionRow[], steps: readonly Step[]): SessionRow[] {
  const places = new Map(rows.map((row, index) => [row.key, index]));
  return [...rows].sort((a, b) => {
    for (const { by, descending } of steps) {
      const difference = compareBy(a, b, by);
      if (difference !== 0) return descending ? -difference : difference;
    }
    const place = (places.get(a.key) ?? 0) - (places.get(b.key) ?? 0);
    return steps[0]?.descending ? -place : place;
  });
}

/** Counts for one facet, most first, then by value; traits in their own order. */
export function countFacet(
  rows: readonly SessionRow[],
  asked: Asked,
  facet: Facet,
): { value: string; sessions: number }[] {
  const left = rows.filter((row) => matches(row, asked, facet === 'has' ? null : facet));
  const counts = new Map<string, number>();
  for (const value of left.flatMap((row) => valuesOf(row, facet))) counts.set(value, (counts.get(value) ?? 0) + 1);
  if (facet === 'has') return SessionTrait.options.map((value) => ({ value, sessions: counts.get(value) ?? 0 }));
  return [...counts]
    .map(([value, sessions]) => ({ value, sessions }))
    .sort((a, b) => b.sessions - a.sessions || (a.value < b.value ? -1 : 1))
    .slice(0, 100);
}

/** How many sessions started since each moment, whatever period is asked for. */
export const countSince = (rows: readonly SessionRow[], asked: Asked, since: readonly number[]): number[] =>
  since.map((at) => rows.filter((row) => matches(row, asked, 'period') && row.startedAt >= at).length);
