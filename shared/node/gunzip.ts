import { constants, createGunzip, gunzipSync, inflateSync } from 'node:zlib';
import { AppError } from '../lib/app-error.ts';
import { MAX_INFLATED_BATCH_BYTES } from '../wire/batch.ts';

const OPENING_BRACKET = 0x5b;

/**
 * A chunk's JSON text. Batches arrive as gzip or, from a page that is being left, as they are; the first byte tells.
 * @throws AppError `damaged`, also when the content is larger than any chunk may be.
 */
export function chunkText(bytes: Uint8Array): string {
  if (bytes[0] === OPENING_BRACKET) return Buffer.from(bytes).toString('utf8');
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_INFLATED_BATCH_BYTES }).toString('utf8');
  } catch (error) {
    throw new AppError('damaged', 'a chunk cannot be decompressed', { cause: error });
  }
}

/** A zlib stream (rrweb's packer) as text. @throws when it is damaged or larger than `maxBytes`. */
export const inflateText = (bytes: Uint8Array, maxBytes: number): string =>
  inflateSync(bytes, { maxOutputLength: maxBytes }).toString('utf8');

/** Compressed bytes handed to zlib at once; at deflate's best ratio (1030:1) they grow to 17 MB. */
const PIECE_BYTES = 16 * 1024;

/**
 * Inflates a gzip stream piece by piece and yields all that can be had: a stream that is cut off or damaged ends there.
 * The caller counts the bytes; stopping the loop stops the work.
 * @returns whether the stream broke.
 */
export async function* gunzipPieces(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, boolean> {
  // Z_SYNC_FLUSH makes zlib hand out what it has when the input ends early, instead of failing.
  const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
  const ready: Buffer[] = [];
  let broken = false;
  gunzip.on('data', (bytes: Buffer) => ready.push(bytes));
  gunzip.on('error', () => {
    broken = true; // told to the caller as the return value
  });
  const ended = new Promise<void>((done) => gunzip.once('close', done));
  const write = (bytes: Uint8Array): Promise<void> => new Promise((done) => gunzip.write(bytes, () => done()));
  try {
    for await (const bytes of input) {
      for (let at = 0; at < bytes.length && !broken; at += PIECE_BYTES) {
        await write(bytes.subarray(at, at + PIECE_BYTES));
        yield* ready.splice(0);
      }
      if (broken) break;
    }
    if (!broken) {
      gunzip.end();
      await ended;
    }
    yield* ready.splice(0);
    return broken;
  } finally {
    gunzip.destroy();
  }
}
