import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { countFacet as countBySql, facetRequests, facetSql } from '../../../main/engine/store/facet-counts.ts';
import { openLibraryReader } from '../../../main/engine/store/library-reader.ts';
import { ensureSession } from '../../../main/engine/store/library-rows.ts';
import { LIBRARY_MIGRATIONS } from '../../../main/engine/store/migrations.ts';
import { type BrowseQuery, listSessions, listSql } from '../../../main/engine/store/session-list.ts';
import { SessionSort } from '../../../shared/ipc/engine-calls.ts';
import { SessionKey } from '../../../shared/model/identity.ts';
import type { SessionRow } from '../../../shared/model/session.ts';
import { FACETS, SessionFilter, SessionTrait, SessionVerdict } from '../../../shared/model/session-filter.ts';
import { migrate } from '../../../shared/node/migrate.ts';
import { openWriter, type SqlValue, type WriteDb } from '../../../shared/node/sqlite.ts';
import { newFolder } from '../../integration/engine/support/profile.ts';
import { generatedSession } from '../../support/workbench/generated-sessions.ts';
import {
  countFacet,
  countSince,
  matches,
  type Step,
  sorted,
  verdictOf,
} from '../../support/workbench/match-sessions.ts';

const folder = newFolder();
afterAll(() => folder.remove());

function library(file = ':memory:'): WriteDb {
  const db = openWriter({ file });
  migrate(db, LIBRARY_MIGRATIONS);
  return db;
}

/** Puts rows into the tables as sync, diagnosis and analysts do together. */
function fill(db: WriteDb, rows: readonly SessionRow[]): void {
  for (const row of rows) {
    const id = ensureSession(db, row);
    const text = [row.entryUrl, row.exitUrl, row.user, row.release, row.sessionId].filter((part) => part !== null);
    const verdict = verdictOf(row);
    db.run(
      `UPDATE session SET started_at = ?, duration_ms = ?, entry_url = ?, exit_url = ?, user = ?, release = ?, browser = ?,
         events = ?, clicks = ?, errors = ?, failed_requests = ?, frustrations = ?, frustration_score = ?, bytes = ?, state = ?,
         verdict = ?, outcome = ?, fault = ?, notes = ?, pinned = ?, search = ? WHERE id = ?`,
      ...[row.startedAt, row.durationMs, row.entryUrl, row.exitUrl, row.user, row.release, row.browser],
      ...[row.events, row.clicks, row.errors, row.failedRequests, row.frustrations, row.frustrationScore, row.bytes],
      ...[row.state, row.verdict, verdict === 'none' ? null : verdict, row.fault, row.notes, row.pinned ? 1 : 0],
      text.join('\n').toLowerCase(),
      id,
    );
    for (const tag of row.tags) db.run('INSERT INTO tag (session, name) VALUES (?, ?)', id, tag);
  }
}

const plan = (db: WriteDb, { sql, values }: { sql: string; values: readonly SqlValue[] }): string =>
  db
    .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...values)
    .map(({ detail }) => detail)
    .join('\n');

const EVERYTHING = SessionFilter.parse({
  source: ['demo'],
  release: ['1'],
  verdict: ['likely'],
  fault: [''],
  browser: ['Chrome'],
  state: ['index'],
  has: [...SessionTrait.options],
  from: 1,
  to: 2,
});

describe('what looks at all sessions reads one covering index', () => {
  const db = library();
  it.each(facetRequests([5]).map((request) => [JSON.stringify(request), request] as const))(
    'to count %s',
    (_, request) => {
      for (const filter of [EVERYTHING, SessionFilter.parse({})]) {
        const steps = plan(db, facetSql({ search: 'shop', filter }, request, true));
        expect(steps).toMatch(/SCAN session USING COVERING INDEX session_\w+$/m);
        expect(steps).not.toMatch(/SCAN (session|tag)$/m);
      }
    },
  );

  const covered = SessionSort.options.filter((sort) => sort !== 'entryUrl');
  it.each(covered)('to put what is left in the order of %s', (sort) => {
    const query = { search: 'shop', filter: EVERYTHING, sort, descending: true, offset: 0, limit: 1 } as const;
    const { ids, total, values } = listSql({ ...query, thenBy: [{ by: 'notes', descending: false }] }, true);
    for (const sql of [ids, total])
      expect(plan(db, { sql, values })).toMatch(/^SCAN session USING COVERING INDEX session_facets$/m);
  });

  it('but sessions with a tag are looked up by the tag', () => {
    const filter = SessionFilter.parse({ tag: ['vip'] });
    const { ids, values } = listSql({ search: '', filter, sort: 'errors', descending: true, offset: 0, limit: 1 });
    expect(plan(db, { sql: ids, values })).toContain('SEARCH session USING INTEGER PRIMARY KEY');
    expect(plan(db, { sql: ids, values })).toContain('SEARCH tag USING COVERING INDEX tag_name (name=?)');
  });
});

const some = <T>(values: readonly T[], most = 2) => fc.uniqueArray(fc.constantFrom(...values), { maxLength: most });
const TAGS = ['vip', 'checkout', 'a b'];
const rowOf = fc.record(
  {
    source: fc.constantFrom('demo', 'file:a.json', 'file:b.json', 'server:team', 'server:other'),
    release: fc.constantFrom('1.0', '2.0', null),
    browser: fc.constantFrom('Chrome', 'Firefox', null),
    user: fc.constantFrom('Ada', "O'Neil", '100%', 'ÄRGER', null),
    fault: fc.constantFrom('server-error', 'dead-control', null),
    verdict: fc.constantFrom('confirmed  x', 'likely  y', 'inconclusive  z', 'nothing wrong found', null),
    state: fc.constantFrom('index', 'downloaded'),
    startedAt: fc.integer({ min: 0, max: 4 }),
    errors: fc.nat(2),
    failedRequests: fc.nat(1),
    frustrations: fc.nat(2),
    notes: fc.nat(1),
    pinned: fc.boolean(),
    tags: some(TAGS, 3).map((tags) => [...tags].sort()),
  } as const,
  { noNullPrototype: true },
);
const filterOf = fc
  .record(
    {
      source: some(['demo', 'file', 'server:team']),
      release: some(['1.0', '']),
      verdict: some(SessionVerdict.options),
      fault: some(['server-error', '']),
      browser: some(['Chrome', '']),
      state: some(['index', 'downloaded']),
      tag: some([...TAGS, 'unknown']),
      has: some(SessionTrait.options),
      from: fc.option(fc.integer({ min: 0, max: 4 })),
      to: fc.option(fc.integer({ min: 0, max: 4 })),
    } as const,
    { requiredKeys: [], noNullPrototype: true },
  )
  .map((filter) => SessionFilter.parse(filter));
const stepsOf = fc.uniqueArray(
  fc.record({ by: fc.constantFrom(...SessionSort.options), descending: fc.boolean() }, { noNullPrototype: true }),
  { minLength: 1, maxLength: 4, selector: ({ by }) => by },
);

describe('lists and counts', () => {
  it('are what looking at every session by hand gives, whatever is asked', () => {
    const asked = fc.record(
      { search: fc.constantFrom('', 'ada', '100%', "o'n", 'shop  s-1', 'ärger'), filter: filterOf },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(fc.array(rowOf, { maxLength: 14 }), asked, stepsOf, fc.nat(14), (parts, question, steps, hide) => {
        const rows = parts.map((part, index): SessionRow => ({ ...generatedSession(index), ...part }));
        const db = library();
        fill(db, rows);
        const hidden = rows.splice(hide, 1);
        for (const { key } of hidden) db.run('INSERT INTO hidden SELECT id FROM session WHERE key = ?', key);
        const [first, ...thenBy] = steps as [Step, ...Step[]];
        const query: BrowseQuery = { ...question, sort: first.by, descending: first.descending, thenBy };
        const wanted = sorted(
          rows.filter((row) => matches(row, question)),
          steps,
        );
        const found = listSessions(db, { ...query, offset: 1, limit: 5 });
        const since = [0, 2, 4];
        const counts = facetRequests(since).map((request) => countBySql(db, query, request));
        db.close();
        expect(found.total).toBe(wanted.length);
        expect(found.rows.map(({ key }) => key)).toEqual(wanted.slice(1, 6).map(({ key }) => key));
        expect(counts.slice(0, -1)).toEqual(FACETS.map((facet) => countFacet(rows, question, facet)));
        expect(counts.at(-1)?.map(({ sessions }) => sessions)).toEqual(countSince(rows, question, since));
      }),
      { numRuns: 150 },
    );
  });

  it('read beside the store follow it at once, and keep an order only until something changes', () => {
    const profileDir = folder.path;
    const db = library(join(profileDir, 'library.db'));
    fill(
      db,
      Array.from({ length: 50 }, (_, index) => generatedSession(index)),
    );
    const reader = openLibraryReader({ profileDir });
    const query = {
      search: '',
      filter: SessionFilter.parse({ has: ['errors'] }),
      sort: 'errors',
      descending: true,
    } as const;
    const page = (offset: number) => reader.list({ ...query, offset, limit: 4 });
    const all = listSessions(db, { ...query, offset: 0, limit: 100 });
    expect([...page(0).rows, ...page(4).rows]).toEqual(all.rows.slice(0, 8));
    expect(page(0).total).toBe(all.total);
    const first = all.rows[0]?.key ?? SessionKey.parse('0'.repeat(32));
    db.run('UPDATE session SET errors = 0 WHERE key = ?', first);
    expect(page(0)).toEqual(listSessions(db, { ...query, offset: 0, limit: 4 }));
    expect(page(0).total).toBe(all.total - 1);
    db.run('DELETE FROM session');
    expect(page(0)).toEqual({ rows: [], total: 0 });
    reader.close();
    db.close();
  });
});
