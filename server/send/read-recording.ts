import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { createElementSplitter } from '../../shared/formats/json/element-splitter.ts';
import { SNIFF_BYTES, sniff } from '../../shared/formats/magic.ts';
import { createChunkBuilder, type RawChunk } from '../../shared/formats/rrweb/chunk-builder.ts';
import { MAX_EVENT_DEPTH } from '../../shared/formats/rrweb/chunk-events.ts';
import { createEventReader } from '../../shared/formats/rrweb/event-reader.ts';
import { createTextStream, type TextStream } from '../../shared/formats/text-decoding.ts';
import { AppError } from '../../shared/lib/app-error.ts';
import { GUNZIP_PIECE_BYTES, gunzipPieces, inflateText } from '../../shared/node/gunzip.ts';
import type { OutBatch } from './out-batch.ts';

const LIMITS = { maxElementChars: 64 * 1024 ** 2, maxDepth: MAX_EVENT_DEPTH } as const;
/** Text a gzip may inflate to: recordings shrink 10 to 60 times, a bomb 1,000 times. */
const MAX_RATIO = 300;
const FREE_BYTES = 64 * 1024 ** 2;

/**
 * Reads rrweb events out of JSON, NDJSON or a gzip of these, however large, and never holds more than one batch. The same file always
 * gives the same batches: its hash names the session, unless the caller does.
 * @throws AppError `unsupported` or `damaged` when no event is found.
 */
export async function* readRecordingBatches(file: string, bytes: number, session?: string): AsyncGenerator<OutBatch> {
  const generation = (await hashOf(file)).slice(0, 32);
  const ready: RawChunk[] = [];
  const builder = createChunkBuilder();
  const reader = createEventReader({
    inflate: (packed) => inflateText(packed, LIMITS.maxElementChars),
    maxDepth: LIMITS.maxDepth,
  });
  const keep = (chunk: RawChunk | null): void => {
    if (chunk) ready.push(chunk);
  };
  const splitter = createElementSplitter(LIMITS, (element) => {
    for (const event of reader.read(element)) keep(builder.add(event));
  });
  const place = { session: session ?? generation, window: 'w', generation };
  let text: TextStream | undefined;
  for await (const piece of textBytes(file, bytes)) {
    text ??= createTextStream(encodingOf(piece));
    splitter.push(text.decode(piece, false));
    for (const chunk of ready.splice(0)) yield toBatch(chunk, place);
  }
  if (text) splitter.push(text.decode(new Uint8Array(0), true));
  splitter.end();
  for (const event of reader.flush()) keep(builder.add(event));
  keep(builder.flush());
  if (reader.counts.events === 0) throw new AppError('damaged', 'it holds no rrweb events');
  for (const chunk of ready) yield toBatch(chunk, place);
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece);
  return hash.digest('hex');
}

/** Inflated when it is a gzip, one level only; a stream that breaks off ends there. */
async function* textBytes(file: string, size: number): AsyncGenerator<Uint8Array> {
  const stream: AsyncIterable<Buffer> = createReadStream(file, { highWaterMark: GUNZIP_PIECE_BYTES });
  const input = stream[Symbol.asyncIterator]();
  const first = await input.next();
  if (first.done) throw new AppError('damaged', 'it is empty');
  async function* all(): AsyncGenerator<Uint8Array> {
    yield first.value;
    for (let next = await input.next(); !next.done; next = await input.next()) yield next.value;
  }
  if (sniff(first.value.subarray(0, SNIFF_BYTES)).kind !== 'gzip') return yield* all();
  let inflated = 0;
  const pieces = gunzipPieces(all());
  for (let piece = await pieces.next(); !piece.done; piece = await pieces.next()) {
    inflated += piece.value.length;
    if (inflated > Math.max(FREE_BYTES, size * MAX_RATIO))
      throw new AppError('too-large', 'it inflates to far more than a recording does');
    yield piece.value;
  }
}

function encodingOf(piece: Uint8Array) {
  const found = sniff(piece.subarray(0, SNIFF_BYTES));
  if (found.kind === 'json') return found.encoding;
  throw new AppError('unsupported', found.kind === 'foreign' ? `it is ${found.what}` : 'it is no recording');
}

const toBatch = (
  { json, firstSeq, count, fromAt, toAt }: RawChunk,
  place: Pick<OutBatch, 'session' | 'window' | 'generation'>,
): OutBatch => ({ ...place, first: firstSeq, count, fromAt, toAt, body: new Uint8Array(gzipSync(json)) });
