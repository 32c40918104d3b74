import { mkdirSync } from 'node:fs';
import type { WriteDb } from '../../../shared/node/sqlite.ts';
import type { ServerLog } from '../../log.ts';
import type { AppendOutcome, NewBatch, Storage, StoredChunk } from '../storage.ts';
import { openAccounts } from './accounts.ts';
import { readAnnotations } from './annotations.ts';
import { createAnnotator } from './annotator.ts';
import { createAssetKeeper } from './asset-keeper.ts';
import { type AssetPlace, findAsset } from './assets.ts';
import { findPlace, readFeed, readSessionFeed } from './change-feed.ts';
import { type ChunkIndex, createChunkIndex } from './chunk-index.ts';
import { isNewConflict } from './conflict-index.ts';
import { createEraser, type Eraser } from './eraser.ts';
import { lockFolder } from './folder-lock.ts';
import { asStorageError } from './full-disk.ts';
import { openOrReplaceIndex } from './index-file.ts';
import { JOURNAL_DIRS, type Journals, openJournals } from './open-journals.ts';
import { batchMeta } from './record-meta.ts';
import { createSegmentReader } from './segment-reader.ts';
import type { SessionName } from './tombstones.ts';

/** What the embedded profile needs. */
export interface EmbeddedDeps {
  readonly dir: string;
  readonly log: ServerLog;
  /** Ms since epoch. */
  readonly clock: () => number;
  /** A binding of SQLite for runtimes the shipped one does not load in. */
  readonly nativeBinding?: string | undefined;
  /** A segment is closed when it has reached this; default 32 MB, which a start can read in one go. */
  readonly segmentBytes?: number | undefined;
}

const SEGMENT_BYTES = 32 * 1024 * 1024;

/** File of the projects and keys within the server's folder. */
export const ACCOUNTS_FILE = 'accounts.tfj';

/**
 * Everything in one folder: journals that acknowledgements rest on, and an index that can be made again from them.
 * @throws AppError `conflict` when another server has the folder, `unsupported` when a newer version wrote it.
 */
export async function openEmbeddedStorage(deps: EmbeddedDeps): Promise<Storage> {
  const { dir, log, clock, nativeBinding } = deps;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const lock = lockFolder(dir, nativeBinding);
  let db: WriteDb | undefined;
  try {
    db = openOrReplaceIndex(dir, nativeBinding, (kept) =>
      log.error({ kept }, 'The index was damaged: it is made again from the journal.'),
    );
    const accounts = openAccounts(db, `${dir}/${ACCOUNTS_FILE}`, clock);
    const index = createChunkIndex(db, (error) =>
      log.error({ err: error }, 'The index cannot follow the journal; what it lacks is shown later.'),
    );
    const journals = await openJournals({
      dir,
      db,
      index,
      log,
      segmentBytes: deps.segmentBytes ?? SEGMENT_BYTES,
      onRollback: () => accounts.startNewHistory(),
    });
    const storage = overJournals(dir, db, index, journals, () => lock.release());
    await storage.cleanStains();
    return { ...storage, history: accounts.history, accounts };
  } catch (error) {
    db?.close();
    lock.release();
    throw error;
  }
}

/** Where stored bytes lie. */
type StoredPlace = Pick<AssetPlace, 'segment' | 'bodyAt' | 'bytes' | 'sha256'>;

function overJournals(
  dir: string,
  db: WriteDb,
  index: ChunkIndex,
  { chunks, conflicts }: Journals,
  release: () => void,
): Omit<Storage, 'history' | 'accounts'> & Pick<Eraser, 'cleanStains'> {
  const reader = createSegmentReader(`${dir}/${JOURNAL_DIRS.chunks}`);
  const underWay = new Map<string, Promise<unknown>>();
  const eraser = createEraser({ dir, db, index, journals: { chunks, conflicts }, reader });
  const keepAsset = createAssetKeeper({ db, index, eraser, chunks });
  const annotate = createAnnotator({ db, index, eraser, chunks });

  const stored = ({ segment, bodyAt, bytes, sha256 }: StoredPlace): StoredChunk => ({
    bytes,
    sha256,
    read: (start, length) => reader.read(segment, bodyAt + start, Math.max(0, Math.min(length, bytes - start))),
  });

  async function appendOnce(batch: NewBatch): Promise<AppendOutcome> {
    // No await between this and handing the batch to the journal: only so the tombstone is behind all that was let through.
    if (eraser.isErased(batch)) return { outcome: 'erased', next: 0 };
    const kept = index.find(batch);
    if (!kept) return { outcome: 'stored', next: await chunks.append(batchMeta(batch), batch.body) };
    if (kept.sha256.equals(batch.body.sha256)) return { outcome: 'duplicate', next: kept.next };
    if (isNewConflict(db, batch, batch.body.sha256)) await conflicts.append(batchMeta(batch), batch.body);
    return { outcome: 'conflict', next: kept.next };
  }

  return {
    async appendBatch(batch) {
      const { project, session, window, generation, first, count } = batch;
      const identity = `${project} ${session} ${window} ${generation} ${first} ${count}`;
      // Two of one identity at a time wait for each other: only then can the second be told what it is.
      for (let before = underWay.get(identity); before; before = underWay.get(identity)) await before;
      const work = appendOnce(batch).catch((error) => {
        throw asStorageError(error);
      });
      underWay.set(
        identity,
        work.then(
          () => undefined,
          () => undefined, // its own caller hears of it; the one that waits tries for itself
        ),
      );
      try {
        return await work;
      } finally {
        underWay.delete(identity);
      }
    },
    resumeAt: async (stream) => (eraser.isErased(stream) ? 'erased' : index.next(stream)),
    async readChanges(project, after, limit, { session, annotations = false } = {}) {
      index.settleIfRoom();
      return session === undefined
        ? readFeed(db, project, after, limit, annotations)
        : readSessionFeed(db, { project, session }, after, limit);
    },
    annotate: (annotations, source) =>
      annotate(annotations, source).catch((error) => {
        throw asStorageError(error);
      }),
    async readAnnotations(project, after, limit) {
      index.settleIfRoom();
      return readAnnotations(db, project, after, limit);
    },
    keepAsset: (asset) =>
      keepAsset(asset).catch((error) => {
        throw asStorageError(error);
      }),
    async findAsset(project, sha256) {
      index.settleIfRoom();
      const place = findAsset(db, project, sha256);
      return place && { ...stored(place), type: place.type };
    },
    async head() {
      index.settleIfRoom();
      return db.get<{ head: number | null }>('SELECT max(seq) AS head FROM chunk')?.head ?? 0;
    },
    async findChunk(project, seq) {
      index.settleIfRoom();
      const place = findPlace(db, project, seq);
      return place && stored(place);
    },
    eraseSessions: (project, sessions, why) =>
      eraser.erase(project, sessions, why).catch((error) => {
        throw asStorageError(error);
      }),
    cleanStains: () => eraser.cleanStains(),
    erasedSessions: async () => db.all<SessionName>('SELECT project, session FROM tombstone ORDER BY seq'),
    sessionsBefore: async (project, receivedAt, limit) => {
      index.settleIfRoom();
      return db
        .all<{ session: string }>(
          `SELECT session FROM stream JOIN chunk ON chunk.stream = stream.id WHERE stream.project = ?
           GROUP BY session HAVING max(received_at) < ? ORDER BY max(received_at), session LIMIT ?`,
          project,
          receivedAt,
          limit,
        )
        .map(({ session }) => session);
    },
    checkHealth: async () => {
      chunks.checkWritable();
      conflicts.checkWritable();
    },
    async close() {
      await chunks.close();
      await conflicts.close();
      await reader.close();
      index.settleIfRoom();
      db.close();
      release();
    },
  };
}
