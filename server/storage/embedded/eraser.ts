import { rm } from 'node:fs/promises';
import type { WriteDb } from '../../../shared/node/sqlite.ts';
import type { Erasure } from '../storage.ts';
import { isStanding } from './annotations.ts';
import { isAssetNeeded } from './assets.ts';
import type { ChunkIndex } from './chunk-index.ts';
import { cleanSegment, removeUnfinished } from './clean-segment.ts';
import { NO_BODY } from './empty-body.ts';
import { emptyLog } from './empty-log.ts';
import { INDEX_FILE } from './index-file.ts';
import { JOURNAL_DIRS, type Journals } from './open-journals.ts';
import type { FoundRecord } from './record.ts';
import { parseRecordMeta } from './record-meta.ts';
import type { SegmentReader } from './segment-reader.ts';
import type { StreamName } from './streams.ts';
import { forgetErasedConflicts, hasTombstone, removeStain, type SessionName, stains } from './tombstones.ts';

/** Takes sessions out of a server's folder. */
export interface Eraser {
  /** Whether the session of a generation was erased, or is about to be. */
  isErased(stream: StreamName): boolean;
  /** The same for a session as a whole. */
  isSessionErased(name: SessionName): boolean;
  /** Whether an erasure is under way whose tombstones are not applied yet. */
  isErasing(): boolean;
  /** See `Storage.eraseSessions`. */
  erase(project: string, sessions: readonly string[], why: Erasure): Promise<void>;
  /** Takes out of the journals what tombstones promised; also at start, for an erasure that was cut off. */
  cleanStains(): Promise<void>;
}

/** An eraser over the one connection that writes and the journals it follows. */
export function createEraser(deps: {
  readonly dir: string;
  readonly db: WriteDb;
  readonly index: ChunkIndex;
  readonly journals: Journals;
  readonly reader: SegmentReader;
}): Eraser {
  const { dir, db, index, journals, reader } = deps;
  /** Sessions whose tombstone is on its way to the journal. */
  const erasing = new Set<string>();
  let cleaning: Promise<void> = Promise.resolve();
  const keyOf = ({ project, session }: SessionName): string => `${project} ${session}`;

  /** A stain is removed last of all: whatever cuts this off, the next start does it again. */
  async function clean(): Promise<void> {
    const found = stains(db);
    if (found.length === 0) return;
    // An index that was found damaged and set aside holds what the index held.
    await rm(`${dir}/damaged-${INDEX_FILE}`, { force: true });
    await emptyLog(db);
    for (const stain of found) {
      const folder = `${dir}/${JOURNAL_DIRS[stain.journal]}`;
      await removeUnfinished(folder, stain.segment);
      await cleanSegment(folder, stain.segment, (record) => stays(db, record));
      if (stain.journal === 'chunks') await reader.forget(stain.segment);
      removeStain(db, stain);
    }
  }

  function cleanStains(): Promise<void> {
    cleaning = cleaning.then(clean, clean);
    return cleaning;
  }

  return {
    isErased: (stream) => (erasing.size > 0 && erasing.has(keyOf(stream))) || index.isOfErased(stream),
    isSessionErased: (name) => erasing.has(keyOf(name)) || index.isErased(name),
    isErasing: () => erasing.size > 0,
    async erase(project, sessions, { reason, at }) {
      const fresh = sessions.filter((session) => !index.isErased({ project, session }));
      const keys = fresh.map((session) => keyOf({ project, session }));
      for (const key of keys) erasing.add(key);
      try {
        await Promise.all(
          fresh.map((session, place) => {
            const meta = { kind: 'erased', project, session, reason, at } as const;
            // The first one ends the segment: all that was let in before it lies in those that can be cleaned.
            return place === 0 ? journals.chunks.appendBehindAll(meta, NO_BODY) : journals.chunks.append(meta, NO_BODY);
          }),
        );
        index.settle();
        await journals.conflicts.startNewSegment();
        forgetErasedConflicts(db);
      } finally {
        for (const key of keys) erasing.delete(key);
      }
      await cleanStains();
    },
    cleanStains,
  };
}

/** Batches of sessions that were not erased, annotations that stand, assets somebody needs, and tombstones, which have to outlive what they stand for. */
function stays(db: WriteDb, record: FoundRecord): boolean {
  const meta = parseRecordMeta(record.meta);
  if (meta.kind === 'batch') return !hasTombstone(db, meta);
  if (meta.kind === 'annotation') return isStanding(db, record.seq);
  if (meta.kind === 'asset' || meta.kind === 'asset-use') return isAssetNeeded(db, record.seq);
  return meta.kind === 'erased';
}
