import { existsSync } from 'node:fs';
import { readFile, stat, truncate, unlink } from 'node:fs/promises';
import { type FoundRecord, SEGMENT_HEAD_BYTES, SEGMENT_MAGIC, scanRecords } from './record.ts';
import { listSegments, segmentName } from './segment-file.ts';

/** A place in a journal. */
export interface Position {
  readonly segment: number;
  readonly offset: number;
}

/** A record of a journal with its place. */
export interface JournalRecord<Meta> {
  readonly seq: number;
  readonly meta: Meta;
  readonly segment: number;
  readonly bodyAt: number;
  readonly bodyBytes: number;
  /** Of the body. */
  readonly sha256: Buffer;
}

/** Takes over records that are on the disk, up to `end`; one answer each. Either all of them or, when it throws, none. */
export type Apply<Meta, Result> = (records: readonly JournalRecord<Meta>[], end: Position) => readonly Result[];

/** What is read, and from where. */
export interface Recovery<Meta> {
  readonly dir: string;
  /** Up to here everything was applied before; undefined reads the whole journal. */
  readonly from: Position | undefined;
  parse(meta: string): Meta;
  apply: Apply<Meta, unknown>;
}

/** Where a journal stands after it was read. */
export interface Recovered {
  /** The segment to go on writing; undefined when a new one has to be made. */
  readonly tail: (Position & { readonly salt: Buffer }) | undefined;
  readonly lastSegment: number;
  /** Highest sequence number seen in what was read. */
  readonly lastSeq: number;
  /** Records applied just now. */
  readonly applied: number;
  /** Bytes cut off behind the last whole record: the end of a write that nobody was told about. */
  readonly cutBytes: number;
  /** Stretches that cannot be read. */
  readonly damaged: number;
}

// One transaction of the index per slice: big enough to be quick, small enough to let other processes in between.
const SLICE = 500;

/** Whether the journal holds everything up to a place. False after an older copy of the journal was put back. */
export async function journalReaches(dir: string, place: Position): Promise<boolean> {
  if (!existsSync(dir) || !(await listSegments(dir)).includes(place.segment)) return false;
  return (await stat(`${dir}/${segmentName(place.segment)}`)).size >= place.offset;
}

/** Applies what was not applied yet and cuts off a torn end. Intact records behind a damaged stretch are kept. */
export async function recover<Meta>(deps: Recovery<Meta>): Promise<Recovered> {
  const from = deps.from ?? { segment: 0, offset: 0 };
  const numbers = await listSegments(deps.dir);
  const seen = { lastSeq: 0, applied: 0, cutBytes: 0, damaged: 0 };
  let tail: Recovered['tail'];
  for (const number of numbers.filter((candidate) => candidate >= from.segment)) {
    const isLast = number === numbers.at(-1);
    const path = `${deps.dir}/${segmentName(number)}`;
    const bytes = await readFile(path);
    if (isLast && bytes.length < SEGMENT_HEAD_BYTES) {
      await unlink(path); // the process died while it made the file
      seen.cutBytes += bytes.length;
      break;
    }
    if (!bytes.subarray(0, SEGMENT_MAGIC.length).equals(SEGMENT_MAGIC)) {
      seen.damaged += 1;
      continue;
    }
    const salt = Buffer.from(bytes.subarray(SEGMENT_MAGIC.length, SEGMENT_HEAD_BYTES));
    const start = number === from.segment ? Math.max(from.offset, SEGMENT_HEAD_BYTES) : SEGMENT_HEAD_BYTES;
    const scan = scanRecords(bytes.subarray(start), salt);
    applySlices(deps, number, start, scan.records);
    const end = start + scan.end;
    seen.lastSeq = Math.max(seen.lastSeq, scan.lastSeq);
    seen.applied += scan.records.length;
    seen.damaged += scan.damaged;
    if (isLast) {
      if (end < bytes.length) await truncate(path, end);
      seen.cutBytes += bytes.length - end;
      tail = { segment: number, offset: end, salt };
    } else if (end < bytes.length) seen.damaged += 1;
  }
  return { ...seen, tail, lastSegment: numbers.at(-1) ?? 0 };
}

function applySlices<Meta>(deps: Recovery<Meta>, segment: number, start: number, found: readonly FoundRecord[]): void {
  for (let at = 0; at < found.length; at += SLICE) {
    const slice = found.slice(at, at + SLICE);
    const records = slice.map((record) => ({
      seq: record.seq,
      meta: deps.parse(record.meta),
      segment,
      bodyAt: start + record.bodyAt,
      bodyBytes: record.bodyBytes,
      sha256: record.sha256,
    }));
    const last = records.at(-1);
    if (last) deps.apply(records, { segment, offset: last.bodyAt + last.bodyBytes });
  }
}
