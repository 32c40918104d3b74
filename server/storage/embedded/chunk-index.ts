import type { WriteDb } from '../../../shared/node/sqlite.ts';
import { StorageFullError } from '../storage.ts';
import type { BatchMeta } from './batch-meta.ts';
import { asStorageError } from './full-disk.ts';
import { writeMark } from './meta-table.ts';
import type { JournalRecord, Position } from './recover.ts';
import { createStreams, keyOf } from './streams.ts';

/** What makes two batches the same: project, session, window, generation, first and count. */
export type Identity = Pick<BatchMeta, 'project' | 'session' | 'window' | 'generation' | 'first' | 'count'>;

/** Which batches are kept, and where. It follows the journal a moment later: call `settleIfRoom` before the database is read. */
export interface ChunkIndex {
  /** The batch kept under an identity: the hash of its bytes, and the first seq its generation lacks. */
  find(identity: Identity): { readonly sha256: Buffer; readonly next: number } | undefined;
  /** Takes over kept batches. @returns for each the first seq its generation lacks. @throws with nothing taken over. */
  add(records: readonly JournalRecord<BatchMeta>[], end: Position): number[];
  /** Writes what waits to the database; at a full disk it waits on, and what is there can be read all the same. */
  settleIfRoom(): void;
  /** Empties the index, to be made again from the journal. */
  forget(): void;
}

// One transaction for what arrives in this time costs a tenth of one for each group of the journal.
const SETTLE_MS = 25;
const MAX_WAITING = 512;

/** The index over the one connection that writes; `onBehind` hears of what kept it from following the journal. */
export function createChunkIndex(db: WriteDb, onBehind: (error: unknown) => void): ChunkIndex {
  const streams = createStreams(db);
  let waiting: JournalRecord<BatchMeta>[] = [];
  let mark: Position | undefined;
  let isBehind = false;
  let timer: NodeJS.Timeout | undefined;

  function settle(): void {
    clearTimeout(timer);
    timer = undefined;
    if (!mark) return;
    const end = mark;
    isBehind = true;
    const ids = db.transaction(() => {
      const written = streams.write(new Set(waiting.map(({ meta }) => keyOf(meta))));
      for (const record of waiting) insertChunk(db, written.get(keyOf(record.meta)) ?? 0, record);
      writeMark(db, 'chunks', end);
      return written;
    });
    isBehind = false;
    waiting = [];
    mark = undefined;
    streams.written(ids);
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
    add(records, end) {
      if (isBehind || waiting.length + records.length > MAX_WAITING) settle();
      const next = records.map(({ meta }) => streams.cover(meta, { first: meta.first, end: meta.first + meta.count }));
      waiting.push(...records);
      mark = end;
      timer ??= setTimeout(settleLater, SETTLE_MS);
      return next;
    },
    settleIfRoom,
    forget() {
      streams.clear();
      db.transaction(() =>
        db.exec("DELETE FROM chunk; DELETE FROM stream; DELETE FROM meta WHERE name = 'applied:chunks'"),
      );
    },
  };
}

function insertChunk(db: WriteDb, stream: number, record: JournalRecord<BatchMeta>): void {
  const { seq, meta, segment, bodyAt, bodyBytes, sha256 } = record;
  db.run(
    `INSERT INTO chunk (seq, project, stream, first, count, from_at, to_at, skew_ms, received_at, bytes, sha256, segment, body_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
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
  );
}
