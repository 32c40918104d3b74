import type { WriteDb } from '../../../shared/node/sqlite.ts';
import type { ServerLog } from '../../log.ts';
import type { ChunkIndex } from './chunk-index.ts';
import { forgetConflicts, indexConflicts } from './conflict-index.ts';
import { type Journal, openJournal } from './journal.ts';
import { type MarkName, readMark } from './meta-table.ts';
import { parseRecordMeta, type RecordMeta } from './record-meta.ts';
import { journalReaches, type Recovered } from './recover.ts';
import { forgetErasedConflicts } from './tombstones.ts';

/** Names of the two journals' folders within the server's. */
export const JOURNAL_DIRS = { chunks: 'journal', conflicts: 'conflicts' } as const;

/** What opening needs. `onRollback` is called when the journal is older than its index: the cursors given out are void. */
export interface JournalsDeps {
  readonly dir: string;
  readonly db: WriteDb;
  readonly index: ChunkIndex;
  readonly log: ServerLog;
  readonly segmentBytes: number;
  onRollback(): void;
}

/** The journal that acknowledgements rest on, and the one for batches that contradict it. */
export interface Journals {
  readonly chunks: Journal<RecordMeta, number>;
  readonly conflicts: Journal<RecordMeta, null>;
}

/** Tables with a row for each record of the journal that was not erased since; a tombstone comes behind what it stands for. */
const SEQ_TABLES = ['chunk', 'tombstone', 'annotation_place', 'asset', 'asset_use'] as const;

/** Opens both journals and brings the index up to them. */
export async function openJournals(deps: JournalsDeps): Promise<Journals> {
  const { db, index, segmentBytes } = deps;
  const chunksFrom = await startOf(deps, 'chunks', () => {
    index.forget();
    deps.onRollback();
  });
  const conflictsFrom = await startOf(deps, 'conflicts', () => forgetConflicts(db));
  const chunks = await openJournal<RecordMeta, number>({
    dir: `${deps.dir}/${JOURNAL_DIRS.chunks}`,
    segmentBytes,
    from: chunksFrom,
    lastSeq: Math.max(...SEQ_TABLES.map((table) => highest(db, `SELECT max(seq) AS seq FROM ${table}`))),
    parse: parseRecordMeta,
    apply: (records, end) => index.add(records, end),
  });
  index.settleIfRoom();
  report(deps.log, 'chunks', chunks.recovered);
  const conflicts = await openJournal<RecordMeta, null>({
    dir: `${deps.dir}/${JOURNAL_DIRS.conflicts}`,
    segmentBytes,
    from: conflictsFrom,
    lastSeq: highest(db, 'SELECT max(seq) AS seq FROM conflict'),
    parse: parseRecordMeta,
    apply: (records, end) => indexConflicts(db, records, end),
  });
  forgetErasedConflicts(db);
  report(deps.log, 'conflicts', conflicts.recovered);
  return { chunks, conflicts };
}

async function startOf({ dir, db, log }: JournalsDeps, name: MarkName, forget: () => void) {
  const mark = readMark(db, name);
  if (!mark || (await journalReaches(`${dir}/${JOURNAL_DIRS[name]}`, mark))) return mark;
  log.warn({ journal: name }, 'The journal is older than its index: the index is made again from it.');
  forget();
  return undefined;
}

const highest = (db: WriteDb, sql: string): number => db.get<{ seq: number | null }>(sql)?.seq ?? 0;

function report(log: ServerLog, journal: MarkName, { applied, cutBytes, damaged }: Recovered): void {
  if (applied > 0) log.info({ journal, applied }, 'Records of the journal were indexed.');
  if (cutBytes > 0) log.warn({ journal, cutBytes }, 'The journal ended in an unfinished write, which was cut off.');
  if (damaged > 0) log.error({ journal, damaged }, 'Parts of the journal cannot be read; everything else was kept.');
}
