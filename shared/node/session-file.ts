import { readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { ID_PATTERN, SessionKey } from '../model/identity.ts';
import { sha256 } from './hashing.ts';

/**
 * The file of one session: records, only ever appended. A record is
 *
 *     "TFR1" | u32 length of the head | u32 length of the body | u32 CRC-32 of all that and the head | head (JSON) | body
 *
 * (little endian). It describes itself, so that a lost database can be made again from these files alone.
 */
const MAGIC = 0x31524654; // "TFR1"
const PREFIX_BYTES = 16;
const MAX_HEAD_BYTES = 1024 * 1024;

/** Whose file it is. Has no body; the last one in a file counts. */
export const SessionHead = z.object({
  kind: z.literal('session'),
  key: SessionKey,
  source: z.string(),
  sessionId: z.string(),
  notice: z.string().nullable(),
});
export type SessionHead = z.infer<typeof SessionHead>;

/** What the body is: the bytes of one chunk exactly as they were received. */
export const ChunkHead = z.object({
  kind: z.literal('chunk'),
  window: z.string().regex(ID_PATTERN),
  generation: z.string().regex(ID_PATTERN),
  firstSeq: z.number().int().nonnegative(),
  count: z.number().int().positive(),
  fromAt: z.number(),
  toAt: z.number(),
  skewMs: z.number(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ChunkHead = z.infer<typeof ChunkHead>;

const RecordHead = z.discriminatedUnion('kind', [SessionHead, ChunkHead]);
export type RecordHead = z.infer<typeof RecordHead>;

/** A record found in a file: `offset` and `length` are those of the body. */
export interface FoundRecord {
  readonly head: RecordHead;
  readonly offset: number;
  readonly length: number;
}

/** @returns the bytes to append, and where in them the body begins. */
export function encodeRecord(head: RecordHead, body: Uint8Array): { bytes: Buffer; bodyAt: number } {
  const headBytes = Buffer.from(JSON.stringify(head));
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32LE(MAGIC, 0);
  prefix.writeUInt32LE(headBytes.length, 4);
  prefix.writeUInt32LE(body.length, 8);
  prefix.writeUInt32LE(checkSum(prefix, headBytes), 12);
  return { bytes: Buffer.concat([prefix, headBytes, body]), bodyAt: PREFIX_BYTES + headBytes.length };
}

/** Covers the lengths too: a damaged one must not make the reader ask for gigabytes. */
const checkSum = (prefix: Buffer, head: Buffer): number => crc32(head, crc32(prefix.subarray(0, 12)));

/**
 * Reads whole, undamaged records from `from` on and stops at the first that is not; bodies of chunks are checked
 * against their hash.
 * @returns (as the generator's value) the offset behind the last good record.
 */
export function* scanRecords(file: number, from: number): Generator<FoundRecord, number> {
  let at = from;
  for (;;) {
    const prefix = readExactly(file, at, PREFIX_BYTES);
    if (!prefix || prefix.readUInt32LE(0) !== MAGIC) return at;
    const headLength = prefix.readUInt32LE(4);
    const length = prefix.readUInt32LE(8);
    const headBytes = headLength <= MAX_HEAD_BYTES ? readExactly(file, at + PREFIX_BYTES, headLength) : null;
    if (!headBytes || checkSum(prefix, headBytes) !== prefix.readUInt32LE(12)) return at;
    const head = parseHead(headBytes);
    const offset = at + PREFIX_BYTES + headLength;
    const body = readExactly(file, offset, length);
    if (!head || !body || (head.kind === 'chunk' && sha256(body) !== head.sha256)) return at;
    yield { head, offset, length };
    at = offset + length;
  }
}

function parseHead(bytes: Buffer): RecordHead | null {
  try {
    return RecordHead.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    return null; // the scan ends here, which the caller sees by the offset
  }
}

function readExactly(file: number, at: number, length: number): Buffer | null {
  const bytes = Buffer.allocUnsafe(length);
  let got = 0;
  while (got < length) {
    const read = readSync(file, bytes, got, length - got, at + got);
    if (read === 0) return null;
    got += read;
  }
  return bytes;
}
