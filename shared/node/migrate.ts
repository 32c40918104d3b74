import { AppError } from '../lib/app-error.ts';
import type { WriteDb } from './sqlite.ts';

/** One step of the schema. Released ones are never edited; numbers rise by 10 so that a fix can slip in. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/**
 * Brings a database to the newest schema, all in one transaction: it is at the last version or untouched.
 * @returns the versions that were applied.
 * @throws AppError `unsupported` when the file was made by a newer version of the program.
 */
export function migrate(db: WriteDb, migrations: readonly Migration[]): number[] {
  const current = db.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0;
  const latest = migrations.at(-1)?.version ?? 0;
  if (current > latest) {
    throw new AppError(
      'unsupported',
      `This data was written by a newer version (schema ${current}, this program knows ${latest}). Install the newer version to open it.`,
    );
  }
  const missing = migrations.filter((migration) => migration.version > current);
  return db.transaction(() => {
    for (const migration of missing) db.exec(migration.sql);
    if (missing.length > 0) db.exec(`PRAGMA user_version = ${latest}`);
    return missing.map((migration) => migration.version);
  });
}
