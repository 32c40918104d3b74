import type { ReadDb, WriteDb } from '../../../shared/node/sqlite.ts';
import type { ErasedChange } from '../../../shared/wire/change.ts';
import { forgetAnnotations } from './annotations.ts';
import { forgetAssets } from './assets.ts';
import type { MarkName } from './meta-table.ts';
import type { TombstoneMeta } from './record-meta.ts';

/** Names a session of a project. */
export interface SessionName {
  readonly project: string;
  readonly session: string;
}

/** A segment that still holds bytes of erased sessions. */
export interface Stain {
  readonly journal: MarkName;
  readonly segment: number;
}

/** Tombstones of a project behind a cursor; its plan is part of the tests. */
export const TOMBSTONES_SQL = `
  SELECT seq, 'erased' AS kind, session, reason, erased_at AS erasedAt FROM tombstone
  WHERE project = ? AND seq > ? ORDER BY seq LIMIT ?`;

/** See `TOMBSTONES_SQL`. */
export const readTombstones = (db: ReadDb, project: string, after: number, limit: number): ErasedChange[] =>
  db.all<ErasedChange>(TOMBSTONES_SQL, project, after, limit);

/** The tombstone of one session, when it lies behind a cursor. It is the last that is ever said of it. */
export const readTombstone = (db: ReadDb, { project, session }: SessionName, after: number): ErasedChange[] =>
  db.all<ErasedChange>(
    `SELECT seq, 'erased' AS kind, session, reason, erased_at AS erasedAt FROM tombstone
     WHERE project = ? AND session = ? AND seq > ?`,
    project,
    session,
    after,
  );

/** Whether a session was erased. */
export const hasTombstone = (db: ReadDb, { project, session }: SessionName): boolean =>
  db.get('SELECT 1 FROM tombstone WHERE project = ? AND session = ?', project, session) !== undefined;

/** Within a transaction: takes a session out of the index and remembers which segments hold its bytes. */
export function applyTombstone(db: WriteDb, seq: number, { project, session, reason, at }: TombstoneMeta): void {
  db.run(
    `INSERT OR IGNORE INTO stain (journal, segment) SELECT DISTINCT 'chunks', segment FROM chunk
     WHERE stream IN (SELECT id FROM stream WHERE project = ? AND session = ?)`,
    project,
    session,
  );
  db.run(
    'DELETE FROM chunk WHERE stream IN (SELECT id FROM stream WHERE project = ? AND session = ?)',
    project,
    session,
  );
  forgetAnnotations(db, { project, session });
  forgetAssets(db, { project, session });
  db.run('DELETE FROM stream WHERE project = ? AND session = ?', project, session);
  db.run(
    'INSERT OR IGNORE INTO tombstone (seq, project, session, reason, erased_at) VALUES (?, ?, ?, ?, ?)',
    seq,
    project,
    session,
    reason,
    at,
  );
}

/** The same for batches that were set aside. They lie in another journal, which may be read before or after the tombstone. */
export const forgetErasedConflicts = (db: WriteDb): void =>
  db.transaction(() => {
    const OF_ERASED = 'FROM conflict JOIN tombstone USING (project, session)';
    db.run(`INSERT OR IGNORE INTO stain (journal, segment) SELECT DISTINCT 'conflicts', conflict.segment ${OF_ERASED}`);
    db.run(
      'DELETE FROM conflict WHERE EXISTS (SELECT 1 FROM tombstone WHERE tombstone.project = conflict.project AND tombstone.session = conflict.session)',
    );
  });

/** Segments that still hold bytes of erased sessions. */
export const stains = (db: ReadDb): Stain[] =>
  db.all<Stain>('SELECT journal, segment FROM stain ORDER BY journal, segment');

/** A segment was written anew without them. */
export function removeStain(db: WriteDb, { journal, segment }: Stain): void {
  db.run('DELETE FROM stain WHERE journal = ? AND segment = ?', journal, segment);
}
