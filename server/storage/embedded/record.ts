import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** First bytes of a segment: a name for the format, then the segment's salt. */
export const SEGMENT_MAGIC = Buffer.from('TFJRNL1\n', 'latin1');
/** Random bytes that start each record of a segment. Never told to anyone, so that a batch cannot carry a forged record. */
export const SALT_BYTES = 8;
/** Length of what precedes the first record of a segment. */
export const SEGMENT_HEAD_BYTES = SEGMENT_MAGIC.length + SALT_BYTES;
/** Length of what precedes a record's metadata. */
export const RECORD_HEAD_BYTES = 60;
/** A longer metadata length is garbage: ours are some 400 bytes. */
export const MAX_META_BYTES = 8 * 1024;

/** Offsets within the start of a record. */
const AT = { seq: SALT_BYTES, metaBytes: 16, bodyBytes: 20, sha256: 24, sum: 56 };

/**
 * Start of a record: salt, sequence number (48 bit), two spare bytes, length of metadata, length of body, SHA-256 of the body,
 * CRC-32 of all this and the metadata. Two sums, so that the body's can be taken while it arrives, serves as its name as well,
 * and a damaged body can be stepped over.
 */
export function encodeRecordHead(
  salt: Uint8Array,
  seq: number,
  meta: string,
  body: { readonly bytes: number; readonly sha256: Uint8Array },
): Buffer {
  const metaBytes = Buffer.byteLength(meta);
  if (metaBytes > MAX_META_BYTES) throw new RangeError(`Metadata of ${metaBytes} bytes (at most ${MAX_META_BYTES}).`);
  const head = Buffer.alloc(RECORD_HEAD_BYTES + metaBytes);
  head.set(salt, 0);
  head.writeUIntLE(seq, AT.seq, 6);
  head.writeUInt32LE(metaBytes, AT.metaBytes);
  head.writeUInt32LE(body.bytes, AT.bodyBytes);
  head.set(body.sha256, AT.sha256);
  head.write(meta, RECORD_HEAD_BYTES, 'utf8');
  head.writeUInt32LE(headSum(head), AT.sum);
  return head;
}

/** A record found in a segment; `at` counts from the start of the bytes searched. */
export interface FoundRecord {
  readonly seq: number;
  readonly meta: string;
  readonly at: number;
  readonly bodyAt: number;
  readonly bodyBytes: number;
  readonly sha256: Buffer;
}

/** What lies in a stretch of a segment. */
export interface Scan {
  readonly records: readonly FoundRecord[];
  /** Where the next record goes. What follows is the torn end of a write that was never acknowledged. */
  readonly end: number;
  /** Stretches before `end` that are no intact record: damage by the medium. */
  readonly damaged: number;
  /** Highest sequence number named by any readable head, also of torn and damaged records: none of them is used again. */
  readonly lastSeq: number;
}

/** Reads records one after the other, steps over damaged ones, and finds the torn end. Never throws on any bytes. */
export function scanRecords(bytes: Buffer, salt: Buffer): Scan {
  const records: FoundRecord[] = [];
  let at = 0;
  let damaged = 0;
  let lastSeq = 0;
  while (at < bytes.length) {
    const head = decodeHead(bytes, at, salt);
    if (!head) {
      const next = findHead(bytes, at + 1, salt);
      if (next === undefined) break;
      damaged += 1;
      at = next;
      continue;
    }
    lastSeq = Math.max(lastSeq, head.seq);
    const bodyEnd = head.bodyAt + head.bodyBytes;
    if (bodyEnd > bytes.length) break;
    const sha256 = createHash('sha256').update(bytes.subarray(head.bodyAt, bodyEnd)).digest();
    if (sha256.compare(bytes, at + AT.sha256, at + AT.sum) === 0) {
      const meta = bytes.toString('utf8', at + RECORD_HEAD_BYTES, head.bodyAt);
      records.push({ seq: head.seq, meta, at, bodyAt: head.bodyAt, bodyBytes: head.bodyBytes, sha256 });
    } else damaged += 1;
    at = bodyEnd;
  }
  return { records, end: at, damaged, lastSeq };
}

function decodeHead(bytes: Buffer, at: number, salt: Buffer) {
  if (at + RECORD_HEAD_BYTES > bytes.length || salt.compare(bytes, at, at + SALT_BYTES) !== 0) return undefined;
  const metaBytes = bytes.readUInt32LE(at + AT.metaBytes);
  const bodyAt = at + RECORD_HEAD_BYTES + metaBytes;
  if (metaBytes > MAX_META_BYTES || bodyAt > bytes.length) return undefined;
  const head = bytes.subarray(at, bodyAt);
  if (headSum(head) !== head.readUInt32LE(AT.sum)) return undefined;
  return { seq: head.readUIntLE(AT.seq, 6), bodyAt, bodyBytes: head.readUInt32LE(AT.bodyBytes) };
}

function findHead(bytes: Buffer, from: number, salt: Buffer): number | undefined {
  for (let at = bytes.indexOf(salt, from); at !== -1; at = bytes.indexOf(salt, at + 1)) {
    if (decodeHead(bytes, at, salt)) return at;
  }
  return undefined;
}

const headSum = (head: Buffer): number => crc32(head.subarray(RECORD_HEAD_BYTES), crc32(head.subarray(0, AT.sum)));
