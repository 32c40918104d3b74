import { AppError } from '../../../shared/lib/app-error.ts';
import type { SessionKey } from '../../../shared/model/identity.ts';
import type { WriteDb } from '../../../shared/node/sqlite.ts';
import { addChunkRow, countSession, ensureSession, type PlacedChunk, type SessionOrigin } from './library-rows.ts';
import { mergeMarks } from './marks.ts';
import type { SessionFiles } from './session-files.ts';
import type { Store } from './store-api.ts';

/** The part of the store that takes in sessions that come as a whole. */
export interface Imports extends Pick<Store, 'beginImport' | 'appendImport' | 'abortImport'> {
  commitImport(input: Parameters<Store['commitImport']>[0]): Promise<void>;
}

const NO_BODY = new Uint8Array(0);

/** Until `commitImport` nothing but the file exists; a file without a row is removed at the next opening. */
export function createImports(db: WriteDb, files: SessionFiles): Imports {
  const running = new Map<SessionKey, { readonly origin: SessionOrigin; readonly placed: PlacedChunk[] }>();

  function importOf(key: SessionKey) {
    const one = running.get(key);
    if (!one) throw new AppError('internal', `No import of ${key} is running.`);
    return one;
  }

  function begin({ key, source, sessionId }: Parameters<Store['beginImport']>[0]): void {
    if (running.has(key))
      throw new AppError('conflict', 'the same recording is being imported already. Wait for that import to end');
    if (db.get('SELECT 1 FROM session WHERE key = ?', key))
      throw new AppError('conflict', 'the session is already present');
    files.remove(key);
    try {
      files.append(key, { kind: 'session', key, source, sessionId, notice: null }, NO_BODY);
    } catch (error) {
      files.remove(key);
      throw error;
    }
    running.set(key, { origin: { key, source, sessionId }, placed: [] });
  }

  function append({ key, chunks }: Parameters<Store['appendImport']>[0]): void {
    const { placed } = importOf(key);
    for (const { body, ...chunk } of chunks) {
      placed.push({ ...chunk, ...files.append(key, { kind: 'chunk', ...chunk }, body) });
    }
  }

  async function commit({ key, notice, marks }: Parameters<Store['commitImport']>[0]): Promise<void> {
    const { origin, placed } = importOf(key);
    files.append(key, { kind: 'session', ...origin, notice }, NO_BODY);
    await files.sync([key]);
    db.transaction(() => {
      const session = ensureSession(db, origin);
      for (const chunk of placed) addChunkRow(db, session, chunk);
      countSession(db, session);
      db.run('UPDATE session SET notice = ? WHERE id = ?', notice, session);
      if (marks) mergeMarks(db, session, marks);
    });
    running.delete(key);
  }

  function abort({ key }: { readonly key: SessionKey }): void {
    if (running.delete(key)) files.remove(key);
  }

  return { beginImport: begin, appendImport: append, commitImport: commit, abortImport: abort };
}
