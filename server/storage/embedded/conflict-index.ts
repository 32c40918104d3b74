import type { ReadDb, WriteDb } from '../../../shared/node/sqlite.ts';
import type { Identity } from './chunk-index.ts';
import { writeMark } from './meta-table.ts';
import type { RecordMeta } from './record-meta.ts';
import type { JournalRecord, Position } from './recover.ts';

// Evidence of a fault or a forgery needs a few examples; more would let one key fill the disk.
const KEPT_PER_IDENTITY = 4;

/** Whether bytes that contradict a kept batch are worth keeping: not kept before, and not one of very many. */
export function isNewConflict(db: ReadDb, of: Identity, sha256: Buffer): boolean {
  const kept = db.all<{ sha256: Buffer }>(
    `SELECT sha256 FROM conflict
     WHERE project = ? AND session = ? AND "window" = ? AND generation = ? AND first = ? AND count = ?`,
    of.project,
    of.session,
    of.window,
    of.generation,
    of.first,
    of.count,
  );
  return kept.length < KEPT_PER_IDENTITY && !kept.some((row) => row.sha256.equals(sha256));
}

/** Takes over batches that were set aside, in one transaction. */
export function indexConflicts(db: WriteDb, records: readonly JournalRecord<RecordMeta>[], end: Position): null[] {
  return db.transaction(() => {
    for (const { seq, meta, sha256, segment } of records) {
      if (meta.kind !== 'batch') continue;
      db.run(
        `INSERT INTO conflict (project, session, "window", generation, first, count, sha256, seq, segment)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
        meta.project,
        meta.session,
        meta.window,
        meta.generation,
        meta.first,
        meta.count,
        sha256,
        seq,
        segment,
      );
    }
    writeMark(db, 'conflicts', end);
    return records.map(() => null);
  });
}

/** Empties the index, to be made again from the journal. */
export function forgetConflicts(db: WriteDb): void {
  db.transaction(() => db.exec("DELETE FROM conflict; DELETE FROM meta WHERE name = 'applied:conflicts'"));
}
