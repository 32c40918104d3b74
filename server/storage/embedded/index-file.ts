import { renameSync, rmSync } from 'node:fs';
import { migrate } from '../../../shared/node/migrate.ts';
import { openWriter, type WriteDb } from '../../../shared/node/sqlite.ts';
import { INDEX_MIGRATIONS } from './index-schema.ts';

/** File of the index in a server's folder. It may be deleted: the next start makes it again from the journals. */
export const INDEX_FILE = 'index.sqlite';

/** Opens the index with the newest schema. NORMAL is enough: what a power cut takes is applied again from the journal. */
export function openIndex(dir: string, nativeBinding?: string): WriteDb {
  const db = openWriter({ file: `${dir}/${INDEX_FILE}`, nativeBinding, synchronous: 'NORMAL' });
  try {
    migrate(db, INDEX_MIGRATIONS);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** The same for the one process that serves the folder: a damaged index is moved aside, and an empty one takes its place. */
export function openOrReplaceIndex(
  dir: string,
  nativeBinding: string | undefined,
  onDamage: (kept: string) => void,
): WriteDb {
  try {
    return openIndex(dir, nativeBinding);
  } catch (error) {
    if (!isDamage(error)) throw error;
    const kept = `${dir}/damaged-${INDEX_FILE}`;
    renameSync(`${dir}/${INDEX_FILE}`, kept);
    for (const suffix of ['-wal', '-shm']) rmSync(`${dir}/${INDEX_FILE}${suffix}`, { force: true });
    onDamage(kept);
    return openIndex(dir, nativeBinding);
  }
}

const isDamage = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  (error.code === 'SQLITE_NOTADB' || String(error.code).startsWith('SQLITE_CORRUPT'));
