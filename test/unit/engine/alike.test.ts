import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ALIKE_SQL, alikeSessions } from '../../../main/engine/store/alike.ts';
import { ensureSession } from '../../../main/engine/store/library-rows.ts';
import { LIBRARY_MIGRATIONS } from '../../../main/engine/store/migrations.ts';
import { SessionKey } from '../../../shared/model/identity.ts';
import { migrate } from '../../../shared/node/migrate.ts';
import { openWriter, type WriteDb } from '../../../shared/node/sqlite.ts';

function library(): WriteDb {
  const db = openWriter({ file: ':memory:' });
  migrate(db, LIBRARY_MIGRATIONS);
  return db;
}

const key = (index: number) => SessionKey.parse(index.toString(16).padStart(32, '0'));

it('sessions of one fingerprint come out of an index, newest first, without sorting', () => {
  const db = library();
  const plan = (sql: string, ...values: (string | number)[]): string =>
    db
      .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...values)
      .map((row) => row.detail)
      .join('\n');
  const rows = plan(ALIKE_SQL.rows, 'x', 1, 20);
  expect(rows).toContain('SEARCH finding USING COVERING INDEX finding_alike (fingerprint=?)');
  expect(rows).not.toContain('TEMP B-TREE');
  const total = plan(ALIKE_SQL.total, 'x', 1);
  expect(total).toMatch(/^SEARCH finding USING COVERING INDEX finding_alike \(fingerprint=\?\)/);
  for (const text of [rows, total]) expect(text).toContain('SEARCH hidden USING INTEGER PRIMARY KEY (rowid=?)');
  db.close();
});

it('gives the same as looking through all sessions by hand', () => {
  const session = fc.record({
    at: fc.nat(5),
    fingerprints: fc.uniqueArray(fc.constantFrom('a', 'b', 'c')),
    hidden: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(session, { minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 5 }), (all, limit) => {
      const db = library();
      const ids = all.map(({ at, fingerprints, hidden }, index) => {
        const id = ensureSession(db, { key: key(index), source: 's', sessionId: `id${index}` });
        for (const fingerprint of fingerprints)
          db.run('INSERT INTO finding (session, fingerprint, started_at) VALUES (?, ?, ?)', id, fingerprint, at);
        if (hidden) db.run('INSERT INTO hidden (session) VALUES (?)', id);
        return id;
      });
      const wanted = all
        .map((one, index) => ({ ...one, index }))
        .filter(({ fingerprints, index, hidden }) => index !== 0 && !hidden && fingerprints.includes('a'))
        .sort((x, y) => y.at - x.at || (ids[y.index] ?? 0) - (ids[x.index] ?? 0));
      const found = alikeSessions(db, { key: key(0), fingerprint: 'a', limit });
      db.close();
      expect(found.total).toBe(wanted.length);
      expect(found.rows.map((row) => row.key)).toEqual(wanted.slice(0, limit).map(({ index }) => key(index)));
    }),
    { numRuns: 60 },
  );
});
