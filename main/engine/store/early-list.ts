import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openReader, type ReadDb } from '../../../shared/node/sqlite.ts';
import { LIBRARY_MIGRATIONS } from './migrations.ts';
import { type ListQuery, listSessions } from './session-list.ts';

/** Reads the library's list before the store's thread is there. */
export interface EarlyList {
  list(query: ListQuery): ReturnType<typeof listSessions>;
  close(): void;
}

/**
 * A start shows the list first, and the store's thread needs longer to start than the list to read. So the first list comes
 * from a connection of its own that can only read; it is closed as soon as the store answers.
 * @returns null when the library is not as its last program should have left it (new, older, not closed, damaged): then
 * only the store, which mends it, knows what is in it.
 */
export function openEarlyList(options: {
  readonly profileDir: string;
  readonly nativeBinding?: string | undefined;
}): EarlyList | null {
  const file = join(options.profileDir, 'library.db');
  if (!existsSync(file)) return null;
  let db: ReadDb | null = null;
  try {
    db = openReader({ file, nativeBinding: options.nativeBinding });
    const opened = db;
    if (!isWhole(opened)) {
      opened.close();
      return null;
    }
    return { list: (query) => listSessions(opened, query), close: () => opened.close() };
  } catch {
    db?.close(); // the store meets the same trouble and says what it is
    return null;
  }
}

const isWhole = (db: ReadDb): boolean =>
  db.get<{ user_version: number }>('PRAGMA user_version')?.user_version === LIBRARY_MIGRATIONS.at(-1)?.version &&
  db.get<{ value: string }>(`SELECT value FROM meta WHERE name = 'state'`)?.value === 'closed';
