import { migrate } from '../../../shared/node/migrate.ts';
import { openWriter, type ReadDb } from '../../../shared/node/sqlite.ts';
import { LIBRARY_MIGRATIONS } from './migrations.ts';

interface SchemaEntry {
  readonly type: string;
  readonly name: string;
  readonly tbl_name: string;
  readonly sql: string;
}

/** `docs/DATABASE-SCHEMA.md`: the schema as SQLite itself has it after all migrations. */
export function schemaDoc(): string {
  const db = openWriter({ file: ':memory:' });
  try {
    migrate(db, LIBRARY_MIGRATIONS);
    return [HEAD, ...tablesOf(db), ''].join('\n');
  } finally {
    db.close();
  }
}

const HEAD = `# The library database

Made by \`node main/engine/store/print-schema-doc.ts > docs/DATABASE-SCHEMA.md\` from the migrations in
\`main/engine/store/migrations.ts\`; a test fails when the two differ.

\`library.db\` lies in the profile folder. It is an index: recordings themselves are the files under \`sessions/\`, one a session, whose
records describe themselves, so that a damaged database is made again from them. Schema version ${LIBRARY_MIGRATIONS.at(-1)?.version}.`;

function tablesOf(db: ReadDb): string[] {
  const entries = db.all<SchemaEntry>(
    `SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name`,
  );
  return entries
    .filter(({ type }) => type === 'table')
    .flatMap((table) => [
      `\n## ${table.name}\n`,
      '```sql',
      table.sql,
      ...entries
        .filter(({ type, tbl_name }) => type === 'index' && tbl_name === table.name)
        .map(({ sql }) => `${sql};`),
      '```',
    ]);
}
