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

/** Compressed bytes to be handed to zlib at once; at deflate's best ratio (1030:1) they grow to 17 MB. */
export const GUNZIP_PIECE_BYTES = 16 * 1024;

/** How a gzip stream ended. */
export type GunzipEnd = 'whole' | 'cut off' | 'damaged';

/**
 * Inflates a gzip stream piece by piece and yields all that can be had: a stream that is cut off or damaged ends there.
 * The caller counts the bytes; stopping the loop stops the work.
 * @param input in pieces of at most `GUNZIP_PIECE_BYTES`.
 */
export async function* gunzipPieces(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, GunzipEnd> {
  const gunzip = createGunzip();
  const ready: Buffer[] = [];
  let state: GunzipEnd = 'whole';
  gunzip.on('data', (bytes: Buffer) => ready.push(bytes));
  gunzip.on('error', (error: NodeJS.ErrnoException) => {
    state = error.code === 'Z_BUF_ERROR' ? 'cut off' : 'damaged'; // told to the caller as the return value
  });
  const isWhole = (): boolean => state === 'whole';
  // A write that meets damage is never called back: closing the stream has to end the waiting.
  let stopWaiting = (): void => undefined;
  const ended = new Promise<void>((done) =>
    gunzip.once('close', () => {
      stopWaiting();
      done();
    }),
  );
  const settled = (start: (done: () => void) => void): Promise<void> =>
    new Promise((done) => {
      stopWaiting = done;
      start(done);
    });
  try {
    for await (const bytes of input) {
      await settled((done) => gunzip.write(bytes, () => done()));
      yield* ready.splice(0);
      if (!isWhole()) break;
    }
    if (isWhole()) {
      // An input that ends early fails at its end; what zlib still holds is asked for before.
      await settled((done) => gunzip.flush(constants.Z_SYNC_FLUSH, done));
      gunzip.end();
      await ended;
    }
    yield* ready.splice(0);
    return state;
  } finally {
    gunzip.destroy();
  }
}
