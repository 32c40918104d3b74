import { AppError } from '../../../shared/lib/app-error.ts';
import type { SessionKey } from '../../../shared/model/identity.ts';
import { sha256 } from '../../../shared/node/hashing.ts';
import { createDerived } from './derived.ts';
import { diskError, isDiskError } from './disk-error.ts';
import { createHiddenSessions, isHidden } from './hidden-sessions.ts';
import { createImports, type Imports } from './imports.ts';
import { createMarks } from './marks.ts';
import { createModelStore } from './models.ts';
import { isDamage, openLibrary } from './open-library.ts';
import { profileError } from './profile-error.ts';
import { lockProfile } from './profile-lock.ts';
import { recover } from './recovery.ts';
import { createServers } from './servers.ts';
import { listSessions } from './session-list.ts';
import { chunksOf, readSessionRow, sessionOf } from './session-rows.ts';
import type { Store } from './store-api.ts';
import { sourcesOf, summarise } from './summary.ts';
import { createSyncPages, type SyncPages } from './sync-pages.ts';

/** What the store thread is started with. */
export interface StoreOptions {
  readonly profileDir: string;
  readonly nativeBinding?: string | undefined;
  /** Ms since epoch, for the name of a database set aside. */
  readonly now: number;
}

/** The store as it lives in its thread: two of its methods wait for the disk. */
export type LocalStore = Omit<Store, 'commitPage' | 'commitImport'> &
  Pick<SyncPages, 'commitPage'> &
  Pick<Imports, 'commitImport'>;

/** @throws AppError `conflict` when another program has the profile open, `unsupported` when a newer one wrote it. */
export function openStore(options: StoreOptions): LocalStore {
  const unlock = lockProfile(options.profileDir, options.nativeBinding);
  try {
    return createStore(options, unlock);
  } catch (error) {
    unlock();
    throw isDiskError(error) ? profileError(options.profileDir, error) : error;
  }
}

function createStore(options: StoreOptions, unlock: () => void): LocalStore {
  const library = openLibrary(options);
  const { db, files } = library;
  const { tails, cutOff } = recover(db, files);
  const messages = [...library.messages, ...cutOff.map(cutOffMessage)];
  const pages = createSyncPages(db, files, tails);
  let clean = true;

  const remove: LocalStore['remove'] = ({ keys }) => {
    const deleted = db.transaction(() => {
      for (const key of keys) {
        db.run(
          `INSERT OR IGNORE INTO forgotten (key) SELECT key FROM session WHERE key = ? AND source LIKE 'server:%'`,
          key,
        );
      }
      return keys.reduce((count, key) => count + db.run('DELETE FROM session WHERE key = ?', key).changes, 0);
    });
    for (const key of keys) {
      pages.forget(key);
      files.remove(key);
    }
    return { deleted };
  };

  const store: LocalStore = {
    opened: () => ({ messages }),
    list: (query) => listSessions(db, query),
    get: ({ key }) => readSessionRow(sessionOf(db, key)),
    find: ({ key }) =>
      db.get<{ key: SessionKey }>(
        'SELECT key FROM session WHERE key = ? UNION ALL SELECT key FROM session WHERE content = ? LIMIT 1',
        key,
        key,
      )?.key ?? null,
    remove,
    erase: ({ keys }) => remove({ keys: keys.filter((key) => isHidden(db, key)) }),
    chunks: ({ key }) => chunksOf(db, sessionOf(db, key).id).map(({ offset: _offset, ...chunk }) => chunk),
    chunk: ({ key, index }) => {
      const chunk = chunksOf(db, sessionOf(db, key).id).find((one) => one.index === index);
      if (!chunk) throw new AppError('not-found', `Session ${key} has no chunk ${index}.`);
      const bytes = files.read(key, chunk.offset, chunk.bytes);
      if (sha256(bytes) === chunk.sha256) return bytes;
      throw new AppError(
        'damaged',
        `Chunk ${index} of session ${key} is damaged on disk (${files.path(key)}). Delete the session and fetch or import it again.`,
      );
    },
    layout: ({ key }) => ({ file: files.path(key), chunks: chunksOf(db, sessionOf(db, key).id) }),
    ...createDerived(db),
    ...createMarks(db),
    ...createHiddenSessions(db),
    summary: () => summarise(db),
    sources: () => sourcesOf(db, options.profileDir),
    ...createImports(db, files),
    ...createServers(db),
    ...createModelStore(db),
    beginPage: pages.beginPage,
    stage: pages.stage,
    commitPage: pages.commitPage,
    close: () => {
      library.close(clean);
      unlock();
    },
  };
  return withDamageNoted(store, () => {
    clean = false;
  });
}

const cutOffMessage = (file: string): string =>
  `The import of ${file} was cut off when TRACEFLOW ended without closing. Nothing of it was kept: import it again.`;

/** Says in words what a disk that fails or a broken database means, and remembers the latter for the next opening. */
function withDamageNoted(store: LocalStore, note: () => void): LocalStore {
  const rethrow = (error: unknown): never => {
    if (error instanceof AppError) throw error;
    if (isDiskError(error)) throw diskError(error, 'The library');
    if (!isDamage(error)) throw error;
    note();
    throw new AppError(
      'damaged',
      'The library database is damaged. Restart TRACEFLOW: it is then made again from the recordings.',
      { cause: error },
    );
  };
  const guarded = Object.entries(store).map(([name, method]) => {
    const call = (input: never): unknown => {
      try {
        const result: unknown = (method as (input: never) => unknown)(input);
        return result instanceof Promise ? result.catch(rethrow) : result;
      } catch (error) {
        return rethrow(error);
      }
    };
    return [name, call];
  });
  return Object.fromEntries(guarded) as LocalStore;
}
