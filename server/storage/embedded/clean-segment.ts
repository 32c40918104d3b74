import { createHash } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import {
  encodeRecordHead,
  type FoundRecord,
  RECORD_HEAD_BYTES,
  SALT_BYTES,
  SEGMENT_HEAD_BYTES,
  scanRecords,
} from './record.ts';
import { VOID_META } from './record-meta.ts';
import { segmentName } from './segment-file.ts';
import { syncFolder } from './sync-folder.ts';

const VOID_HEAD_BYTES = RECORD_HEAD_BYTES + Buffer.byteLength(VOID_META);
/** What a segment is written to before it takes the place of the old one. */
export const UNFINISHED = '.new';

interface Stretch {
  readonly at: number;
  readonly end: number;
}

/**
 * Writes a segment that is not written to any more anew, with zeros for all that is not to stay: records that `stays` says no to, and
 * damage, which nobody can read but which may hold their bytes. What stays keeps its place, so that no index has to change, and the
 * zeros are holes where the file system has them, so that their room is free. At any moment the name bears the old file or the new one.
 */
export async function cleanSegment(
  dir: string,
  number: number,
  stays: (record: FoundRecord) => boolean,
): Promise<void> {
  const path = `${dir}/${segmentName(number)}`;
  const bytes = await readFile(path);
  const salt = bytes.subarray(SEGMENT_HEAD_BYTES - SALT_BYTES, SEGMENT_HEAD_BYTES);
  const { records } = scanRecords(bytes.subarray(SEGMENT_HEAD_BYTES), Buffer.from(salt));
  const placed = records.map((record) => ({
    record,
    at: SEGMENT_HEAD_BYTES + record.at,
    end: SEGMENT_HEAD_BYTES + record.bodyAt + record.bodyBytes,
  }));
  const kept = placed.filter(({ record }) => stays(record));
  const file = await open(path + UNFINISHED, 'w', 0o600);
  try {
    await file.truncate(bytes.length);
    await file.write(bytes, 0, SEGMENT_HEAD_BYTES, 0);
    for (const { at, end } of kept) await file.write(bytes, at, end - at, at);
    for (const gap of gapsBetween(kept, bytes.length)) {
      // The highest number in the gap stays known, so that none is given out twice.
      const seq = placed.findLast(({ at, end }) => at >= gap.at && end <= gap.end)?.record.seq ?? 0;
      const head = voidHead(salt, seq, gap);
      if (head) await file.write(head, 0, head.length, gap.at);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(path + UNFINISHED, path);
  syncFolder(dir);
}

/** Removes what a process that died left of `cleanSegment`. */
export const removeUnfinished = (dir: string, number: number): Promise<void> =>
  rm(`${dir}/${segmentName(number)}${UNFINISHED}`, { force: true });

function gapsBetween(kept: readonly Stretch[], size: number): Stretch[] {
  const gaps: Stretch[] = [];
  let at = SEGMENT_HEAD_BYTES;
  for (const next of [...kept, { at: size, end: size }]) {
    if (next.at > at) gaps.push({ at, end: next.at });
    at = next.end;
  }
  return gaps;
}

/** A gap too short for a head is left as zeros: a scan steps over it like over any damage. */
function voidHead(salt: Uint8Array, seq: number, { at, end }: Stretch): Buffer | undefined {
  const bytes = end - at - VOID_HEAD_BYTES;
  if (bytes < 0) return undefined;
  return encodeRecordHead(salt, seq, VOID_META, { bytes, sha256: hashOfZeros(bytes) });
}

function hashOfZeros(count: number): Buffer {
  const hash = createHash('sha256');
  const zeros = Buffer.alloc(64 * 1024);
  for (let left = count; left > 0; left -= zeros.length) hash.update(zeros.subarray(0, Math.min(left, zeros.length)));
  return hash.digest();
}
