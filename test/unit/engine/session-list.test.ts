import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addChunkRow, ensureSession } from '../../../main/engine/store/library-rows.ts';
import { LIBRARY_MIGRATIONS } from '../../../main/engine/store/migrations.ts';
import { isCheap, type ListQuery, listSessions, listSql } from '../../../main/engine/store/session-list.ts';
import { SessionSort } from '../../../shared/ipc/engine-calls.ts';
import { SessionKey } from '../../../shared/model/identity.ts';
import { migrate } from '../../../shared/node/migrate.ts';
import { openWriter, type SqlValue, type WriteDb } from '../../../shared/node/sqlite.ts';

const QUERY: ListQuery = { search: '', sort: 'startedAt', descending: true, offset: 0, limit: 50 };

function library(): WriteDb {
  const db = openWriter({ file: ':memory:' });
  migrate(db, LIBRARY_MIGRATIONS);
  return db;
}

const key = (index: number) => SessionKey.parse(index.toString(16).padStart(32, '0'));

const plan = (db: WriteDb, sql: string, values: readonly SqlValue[]): string =>
  db
    .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...values)
    .map((row) => row.detail)
    .join('\n');

describe('the list', () => {
  it.each(SessionSort.options.filter((sort) => isCheap({ ...QUERY, sort })))(
    'sorted by %s comes out of an index, without sorting all sessions',
    (sort) => {
      const db = library();
      const { page, values, window } = listSql({ ...QUERY, sort });
      const inner = plan(db, page, [...values, ...window]).split('\n');
      expect(inner.some((line) => /SCAN session USING COVERING INDEX session_/.test(line))).toBe(true);
      const early = inner.slice(
        0,
        inner.findIndex((line) => line.includes('SCAN shown')),
      );
      expect(early.join()).not.toContain('TEMP B-TREE');
    },
  );

  it('searched by words reads one covering index, also to count', () => {
    const db = library();
    const { page, total, values, window } = listSql({ ...QUERY, search: 'shop ada' });
    expect(plan(db, page, [...values, ...window])).toContain('COVERING INDEX session_started_at');
    expect(plan(db, total, values)).toContain('COVERING INDEX session_started_at');
  });

  it('finds chunks and signals of a session by their keys', () => {
    const db = library();
    expect(plan(db, 'SELECT * FROM chunk WHERE session = ? ORDER BY idx', [1])).toMatch(
      /^SEARCH chunk USING PRIMARY KEY \(session=\?\)$/,
    );
    expect(plan(db, 'SELECT body FROM signal WHERE session = ? ORDER BY ordinal', [1])).toMatch(
      /^SEARCH signal USING PRIMARY KEY \(session=\?\)$/,
    );
    expect(
      plan(db, 'SELECT key FROM session WHERE facts_version <> ? OR analysis_version <> ? LIMIT ?', [1, 1, 1]),
    ).toContain('COVERING INDEX session_versions');
  });

  it('finds a recording by its content', () => {
    expect(plan(library(), 'SELECT key FROM session WHERE content = ?', ['x'])).toContain(
      'COVERING INDEX session_content',
    );
  });

  it('gives the same as filtering and sorting by hand, whatever is searched for', () => {
    const word = fc.constantFrom('Ada', 'shop', '100%', 'a_b', '\\', "O'Neil", '"x"', 'ÄRGER', '-6', '*', 'ada');
    const row = fc.record({ user: fc.option(word), entryUrl: word, clicks: fc.nat(3) });
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 12 }),
        fc.array(word, { maxLength: 2 }),
        fc.boolean(),
        (rows, words, descending) => {
          const db = library();
          for (const [index, one] of rows.entries()) {
            const id = ensureSession(db, { key: key(index), source: 's', sessionId: `id${index}` });
            const search = [one.entryUrl, one.user, `id${index}`]
              .filter((part) => part !== null)
              .join('\n')
              .toLowerCase();
            db.run(
              'UPDATE session SET user = ?, entry_url = ?, clicks = ?, search = ? WHERE id = ?',
              one.user,
              one.entryUrl,
              one.clicks,
              search,
              id,
            );
          }
          const wanted = rows
            .map((one, index) => ({ ...one, index }))
            .filter((one) =>
              words.every((text) =>
                `${one.entryUrl}\n${one.user ?? ''}\nid${one.index}`.toLowerCase().includes(text.toLowerCase()),
              ),
            )
            .sort((a, b) => (a.clicks - b.clicks || a.index - b.index) * (descending ? -1 : 1));
          const found = listSessions(db, {
            ...QUERY,
            search: words.join(' '),
            sort: 'clicks',
            descending,
            offset: 1,
            limit: 3,
          });
          db.close();
          expect(found.total).toBe(wanted.length);
          expect(found.rows.map((one) => one.sessionId)).toEqual(wanted.slice(1, 4).map((one) => `id${one.index}`));
        },
      ),
      { numRuns: 60 },
    );
  });
});

it('a chunk range is kept once', () => {
  const db = library();
  const session = ensureSession(db, { key: key(1), source: 's', sessionId: 'x' });
  const chunk = {
    window: 'w',
    generation: 'g',
    firstSeq: 0,
    count: 5,
    fromAt: 0,
    toAt: 1,
    skewMs: 0,
    sha256: 'a',
    offset: 0,
    length: 1,
  };
  expect(addChunkRow(db, session, chunk)).toBe(true);
  expect(addChunkRow(db, session, { ...chunk, sha256: 'b' })).toBe(false);
});
