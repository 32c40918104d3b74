import { createHash } from 'node:crypto';
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

/** A recording to be read, twice: first its hash is taken, since that names its batches. */
export interface RecordingSource {
  /** Its bytes from the beginning, in pieces of any size. */
  pieces(): AsyncIterable<Uint8Array>;
  /** Told of bytes a gzip inflated to. @throws AppError `too-large` when it is more than a recording does. */
  countInflated(bytes: number): void;
}

/**
 * Reads rrweb events out of JSON, NDJSON or a gzip of these, however large, and never holds more than one batch. The same bytes always
 * give the same batches: their hash names the session, unless the caller does.
 * @throws AppError `unsupported` or `damaged` when no event is found.
 */
export async function* readRecordingBatches(source: RecordingSource, session?: string): AsyncGenerator<OutBatch> {
  const generation = (await hashOf(source)).slice(0, 32);
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
  for await (const piece of textBytes(source)) {
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

async function hashOf(source: RecordingSource): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of source.pieces()) hash.update(piece);
  return hash.digest('hex');
}

/** Small enough for `gunzipPieces`. */
async function* cut(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces)
    for (let at = 0; at < piece.length; at += GUNZIP_PIECE_BYTES) yield piece.subarray(at, at + GUNZIP_PIECE_BYTES);
}

/** Inflated when it is a gzip, one level only; a stream that breaks off ends there. */
async function* textBytes(source: RecordingSource): AsyncGenerator<Uint8Array> {
  const input = cut(source.pieces());
  const first = await input.next();
  if (first.done) throw new AppError('damaged', 'it is empty');
  async function* all(): AsyncGenerator<Uint8Array> {
    yield first.value;
    yield* input;
  }
  if (sniff(first.value.subarray(0, SNIFF_BYTES)).kind !== 'gzip') return yield* all();
  for await (const piece of gunzipPieces(all())) {
    source.countInflated(piece.length);
    yield piece;
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
