import type { WriteDb } from '../../../shared/node/sqlite.ts';
import { StorageFullError } from '../storage.ts';
import { applyAnnotation } from './annotations.ts';
import { applyAsset, applyAssetUse } from './assets.ts';
import { asStorageError } from './full-disk.ts';
import { writeMark } from './meta-table.ts';
import type { BatchMeta, RecordMeta } from './record-meta.ts';
import type { JournalRecord, Position } from './recover.ts';
import { createStreams, keyOf, type StreamName } from './streams.ts';
import { applyTombstone, hasTombstone, type SessionName } from './tombstones.ts';

/** What makes two batches the same: project, session, window, generation, first and count. */
export type Identity = Pick<BatchMeta, 'project' | 'session' | 'window' | 'generation' | 'first' | 'count'>;

/** Which batches are kept, and where. It follows the journal a moment later: call `settleIfRoom` before the database is read. */
export interface ChunkIndex {
  /** The batch kept under an identity: the hash of its bytes, and the first seq its generation lacks. */
  find(identity: Identity): { readonly sha256: Buffer; readonly next: number } | undefined;
  /** The first seq a generation lacks. */
  next(stream: StreamName): number;
  /**
   * Takes over records. @returns for each batch the first seq its generation lacks, 0 for others. @throws with nothing taken
   * over. A tombstone waits like a batch does; `settle` tells whether it went through.
   */
  add(records: readonly JournalRecord<RecordMeta>[], end: Position): number[];
  /** Whether a session's tombstone is in the journal. */
  isErased(name: SessionName): boolean;
  /** The same, quicker, for the generation of a batch. */
  isOfErased(stream: StreamName): boolean;
  /** Writes what waits to the database. @throws when it could not; it waits on. */
  settle(): void;
  /** Writes what waits to the database; at a full disk it waits on, and what is there can be read all the same. */
  settleIfRoom(): void;
  /** Empties the index, to be made again from the journal. */
  forget(): void;
}

/** What leaves a row in the index. */
type Kept = Exclude<RecordMeta, { readonly kind: 'void' }>;

// One transaction for what arrives in this time costs a tenth of one for each group of the journal.
const SETTLE_MS = 25;
const MAX_WAITING = 512;

/** The index over the one connection that writes; `onBehind` hears of what kept it from following the journal. */
export function createChunkIndex(db: WriteDb, onBehind: (error: unknown) => void): ChunkIndex {
  const streams = createStreams(db);
  let waiting: JournalRecord<Kept>[] = [];
  let mark: Position | undefined;
  let tombstonesWaiting = 0;
  let isBehind = false;
  let timer: NodeJS.Timeout | undefined;

  function settle(): void {
    clearTimeout(timer);
    timer = undefined;
    if (!mark) return;
    const end = mark;
    isBehind = true;
    const ids = db.transaction(() => {
      const batches = waiting.filter(isBatch);
      const written = streams.write(new Set(batches.map(({ meta }) => keyOf(meta))));
      for (const record of waiting) {
        if (isBatch(record)) insertChunk(db, written.get(keyOf(record.meta)) ?? 0, record);
        else applyOther(db, record);
      }
      writeMark(db, 'chunks', end);
      return written;
    });
    isBehind = false;
    streams.written(ids);
    for (const { meta } of waiting) if (meta.kind === 'erased') streams.forget(meta.project, meta.session);
    waiting = [];
    tombstonesWaiting = 0;
    mark = undefined;
  }

  function isErased({ project, session }: SessionName): boolean {
    const isOfIt = ({ meta }: JournalRecord<RecordMeta>): boolean =>
      meta.kind === 'erased' && meta.project === project && meta.session === session;
    return (tombstonesWaiting > 0 && waiting.some(isOfIt)) || hasTombstone(db, { project, session });
  }

  function settleIfRoom(): void {
    try {
      settle();
    } catch (error) {
      if (!(asStorageError(error) instanceof StorageFullError)) throw error;
      onBehind(error);
    }
  }

  function settleLater(): void {
    try {
      settle();
    } catch (error) {
      onBehind(error); // the next batch or reader tries again, and hears of it
    }
  }

  return {
    find(identity) {
      const { first, count } = identity;
      const stream = streams.find(identity);
      // In the usual case, events behind all that is known, there is nothing to look for.
      if (!stream || first + count > stream.coverage.reach) return undefined;
      settle();
      const chunk = db.get<{ sha256: Buffer }>(
        'SELECT sha256 FROM chunk WHERE stream = ? AND first = ? AND count = ?',
        streams.find(identity)?.id ?? 0,
        first,
        count,
      );
      return chunk && { sha256: chunk.sha256, next: stream.coverage.next };
    },
    next: (stream) => streams.find(stream)?.coverage.next ?? 0,
    add(records, end) {
      if (isBehind || waiting.length + records.length > MAX_WAITING) settle();
      const next = records.map(({ meta }) =>
        meta.kind === 'batch' ? streams.cover(meta, { first: meta.first, end: meta.first + meta.count }) : 0,
      );
      waiting.push(...records.filter(isNoVoid));
      tombstonesWaiting += records.filter(({ meta }) => meta.kind === 'erased').length;
      mark = end;
      timer ??= setTimeout(settleLater, SETTLE_MS);
      return next;
    },
    isErased,
    // A generation in use is of no erased session, unless a tombstone still waits: most batches need no look-up.
    isOfErased: (stream) => (tombstonesWaiting === 0 && streams.isInUse(stream) ? false : isErased(stream)),
    settle,
    settleIfRoom,
    forget() {
      streams.clear();
      db.transaction(() =>
        db.exec(
          "DELETE FROM chunk; DELETE FROM stream; DELETE FROM tombstone; DELETE FROM stain; DELETE FROM annotation; DELETE FROM annotation_place; DELETE FROM asset; DELETE FROM asset_use; DELETE FROM meta WHERE name = 'applied:chunks'",
        ),
      );
    },
  };
}

const isBatch = (record: JournalRecord<RecordMeta>): record is JournalRecord<BatchMeta> => record.meta.kind === 'batch';
const isNoVoid = (record: JournalRecord<RecordMeta>): record is JournalRecord<Kept> => record.meta.kind !== 'void';

function applyOther(db: WriteDb, record: JournalRecord<Kept>): void {
  const { meta, seq } = record;
  if (meta.kind === 'annotation') applyAnnotation(db, { ...record, meta });
  else if (meta.kind === 'asset') applyAsset(db, { ...record, meta });
  else if (meta.kind === 'asset-use') applyAssetUse(db, { ...record, meta });
  else if (meta.kind === 'erased') applyTombstone(db, seq, meta);
}

function insertChunk(db: WriteDb, stream: number, record: JournalRecord<BatchMeta>): void {
  const { seq, meta, segment, bodyAt, bodyBytes, sha256 } = record;
  db.run(
    `INSERT INTO chunk (seq, project, stream, first, count, from_at, to_at, skew_ms, received_at, bytes, sha256, segment, body_at,
       country, region)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    seq,
    meta.project,
    stream,
    meta.first,
    meta.count,
    meta.fromAt,
    meta.toAt,
    meta.receivedAt - meta.sentAt,
    meta.receivedAt,
    bodyBytes,
    sha256,
    segment,
    bodyAt,
    meta.country ?? null,
    meta.region ?? null,
  );
}
