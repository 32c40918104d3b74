import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import { sha256 } from '../../../../shared/node/hashing.ts';

/** Everything a profile holds: the hash of each file of a recording, each row of each table. */
export interface ProfileSnapshot {
  readonly files: ReadonlyMap<string, string>;
  /** Rows as JSON, by table. */
  readonly rows: ReadonlyMap<string, readonly string[]>;
}

/** What says how the profile is used, not what it holds. */
const PASSING = new Set(['meta', 'server', 'writing']);

/** Looks at a profile from outside, also while an engine has it open. */
export function snapshotOf(profileDir: string): ProfileSnapshot {
  const folder = join(profileDir, 'sessions');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const db = new Database(join(profileDir, 'library.db'), { readonly: true });
  try {
    const tables = (db.pragma('table_list') as { schema: string; name: string; type: string }[])
      .filter(({ schema, name, type }) => schema === 'main' && type === 'table' && !name.startsWith('sqlite_'))
      .map(({ name }) => name)
      .filter((name) => !PASSING.has(name));
    return {
      files: new Map(names.map((name) => [name.slice(folder.length + 1), sha256(readFileSync(name))])),
      rows: new Map(
        tables.map((name) => [
          name,
          db
            .prepare(`SELECT * FROM "${name}"`)
            .all()
            .map((row) => JSON.stringify(row))
            .sort(),
        ]),
      ),
    };
  } finally {
    db.close();
  }
}

/** Asserts that all of `before` is in `after`, byte for byte and row for row. @returns how many sessions came to it. */
export function expectKept(before: ProfileSnapshot, after: ProfileSnapshot): number {
  for (const [name, hash] of before.files) expect([name, after.files.get(name)]).toEqual([name, hash]);
  for (const [table, rows] of before.rows) {
    const now = new Set(after.rows.get(table));
    expect([table, rows.filter((row) => !now.has(row))]).toEqual([table, []]);
  }
  const sessions = (of: ProfileSnapshot): number => of.rows.get('session')?.length ?? 0;
  expect(after.files.size - before.files.size).toBe(sessions(after) - sessions(before));
  return sessions(after) - sessions(before);
}
