import { LIBRARY_MIGRATIONS } from '../../main/engine/store/migrations.ts';
import { DERIVED_MIGRATIONS } from '../../server/process/derived-schema.ts';
import { INDEX_MIGRATIONS } from '../../server/storage/embedded/index-schema.ts';
import { type Migration, migrate } from '../../shared/node/migrate.ts';
import { openWriter, type ReadDb } from '../../shared/node/sqlite.ts';

interface SchemaEntry {
  readonly type: string;
  readonly name: string;
  readonly tbl_name: string;
  readonly sql: string;
}

/** `docs/DATABASE-SCHEMA.md`: the schemas as SQLite itself has them after all migrations. */
export const schemaDoc = (): string => [HEAD, ...DATABASES.flatMap(chapter), ''].join('\n');

interface Database {
  readonly title: string;
  readonly source: string;
  readonly migrations: readonly Migration[];
  readonly about: string;
}

const DATABASES: readonly Database[] = [
  {
    title: 'The library (`library.db`)',
    source: 'main/engine/store/migrations.ts',
    migrations: LIBRARY_MIGRATIONS,
    about:
      'Lies in the profile folder of the app. It is an index: recordings themselves are the files under `sessions/`, one a session, whose\n' +
      'records describe themselves, so that a damaged database is made again from them.',
  },
  {
    title: "The server's index (`index.sqlite`)",
    source: 'server/storage/embedded/index-schema.ts',
    migrations: INDEX_MIGRATIONS,
    about:
      "Lies in the server's folder. Made from the journals, and made again when it is missing or damaged; nothing rests on it alone\n" +
      '([STORAGE-BUCKETS](STORAGE-BUCKETS.md)).',
  },
  {
    title: 'What a server derives (`derived.sqlite`)',
    source: 'server/process/derived-schema.ts',
    migrations: DERIVED_MIGRATIONS,
    about:
      "Lies in the server's folder. Made by the stream processor from the journal, and made again when it is missing.",
  },
];

const HEAD = `# Databases

Made by \`node tools/schema-doc/main.ts > docs/DATABASE-SCHEMA.md\` from the migrations; a test fails when the two differ.
The server's \`lock.sqlite\` has no tables: that it is open is all it says.`;

function chapter({ title, source, migrations, about }: Database): string[] {
  const db = openWriter({ file: ':memory:' });
  try {
    migrate(db, migrations);
    const version = migrations.at(-1)?.version;
    return [`\n## ${title}\n`, about, `Schema version ${version}, from \`${source}\`.`, ...tablesOf(db)];
  } finally {
    db.close();
  }
}

function tablesOf(db: ReadDb): string[] {
  const entries = db.all<SchemaEntry>(
    `SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name`,
  );
  return entries
    .filter(({ type }) => type === 'table')
    .flatMap((table) => [
      `\n### ${table.name}\n`,
      '```sql',
      table.sql,
      ...entries
        .filter(({ type, tbl_name }) => type === 'index' && tbl_name === table.name)
        .map(({ sql }) => `${sql};`),
      '```',
    ]);
}
