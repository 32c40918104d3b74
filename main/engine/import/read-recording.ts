import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { createElementSplitter } from '../../../shared/formats/json/element-splitter.ts';
import { nameForeignJson } from '../../../shared/formats/json/foreign-json.ts';
import { SNIFF_BYTES, type Sniffed, sniff } from '../../../shared/formats/magic.ts';
import { createChunkBuilder, type RawChunk } from '../../../shared/formats/rrweb/chunk-builder.ts';
import { createEventReader } from '../../../shared/formats/rrweb/event-reader.ts';
import { noticeOf } from '../../../shared/formats/rrweb/notice.ts';
import { createTextStream, type TextStream } from '../../../shared/formats/text-decoding.ts';
import { AppError } from '../../../shared/lib/app-error.ts';
import { SessionKey } from '../../../shared/model/identity.ts';
import { gunzipPieces, inflateText } from '../../../shared/node/gunzip.ts';
import { sha256 } from '../../../shared/node/hashing.ts';
import { ownBytes } from '../../../shared/node/worker-port.ts';
import { IMPORT_LIMITS } from './import-limits.ts';
import type { ImportedChunk, ImportReading } from './import-steps.ts';
import { type OpenSource, sourceBytes } from './open-source.ts';

/**
 * Reads rrweb events out of JSON, NDJSON, or a gzip of these: one session, one window, one generation, in file order.
 * The file is read twice: its hash is its key, and must still be the same at the end.
 * @throws AppError whose message completes `<file> was not imported: ...`.
 */
export async function* readRecording(source: OpenSource): ImportReading {
  const hash = await hashOf(source);
  const key = SessionKey.parse(hash.slice(0, 32));
  if ((yield { kind: 'session', key, sessionId: key, marks: null }) === 'skip') return;

  const progress = { bytes: 0, hash: createHash('sha256') };
  const state = { brokenArchive: false, cap: null as string | null };
  const ready: RawChunk[] = [];
  const builder = createChunkBuilder();
  const reader = createEventReader({
    inflate: (bytes) => inflateText(bytes, IMPORT_LIMITS.maxEventChars),
    maxDepth: IMPORT_LIMITS.maxEventDepth,
  });
  const keep = (chunk: RawChunk | null): void => {
    if (chunk) ready.push(chunk);
  };
  const splitter = createElementSplitter(
    { maxElementChars: IMPORT_LIMITS.maxEventChars, maxDepth: IMPORT_LIMITS.maxEventDepth },
    (element) => {
      if (reader.counts.events >= IMPORT_LIMITS.maxEvents)
        state.cap ??= `It holds more than ${IMPORT_LIMITS.maxEvents} events`;
      else for (const event of reader.read(element)) keep(builder.add(event));
    },
  );
  const place = { window: 'w', generation: key };
  const compress = (): ImportedChunk[] => ready.splice(0).map((chunk) => compressChunk(chunk, place));
  let text: TextStream | null = null;

  for await (const bytes of textBytes(source, progress, state)) {
    text ??= createTextStream(encodingOf(bytes));
    splitter.push(text.decode(bytes, false));
    refuseForeign(splitter.firstKeys);
    if (state.cap) break;
    if (ready.length > 0) yield { kind: 'chunks', chunks: compress(), doneBytes: progress.bytes };
  }
  if (text) splitter.push(text.decode(new Uint8Array(0), true));
  const { truncated } = splitter.end();
  for (const event of reader.flush()) keep(builder.add(event));
  keep(builder.flush());
  if (reader.counts.events === 0) throw nothingFound(truncated || state.brokenArchive, reader.counts.unreadable);
  if (!state.cap && progress.hash.digest('hex') !== hash)
    throw new AppError('conflict', 'it changed while it was read');
  yield { kind: 'chunks', chunks: compress(), doneBytes: source.bytes };
  const report = {
    split: splitter.counts,
    read: reader.counts,
    truncated: truncated && !state.cap,
    badText: text?.damaged ?? false,
    ...state,
  };
  yield { kind: 'end', notice: noticeOf(report) };
}

async function hashOf(source: OpenSource): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of sourceBytes(source)) hash.update(bytes);
  return hash.digest('hex');
}

/** The file's text as bytes: inflated when it is a gzip, one level only. */
async function* textBytes(
  source: OpenSource,
  progress: { bytes: number; readonly hash: ReturnType<typeof createHash> },
  state: { brokenArchive: boolean; cap: string | null },
): AsyncGenerator<Uint8Array, void> {
  async function* counted(): AsyncGenerator<Uint8Array, void> {
    for await (const bytes of sourceBytes(source)) {
      progress.bytes += bytes.length;
      progress.hash.update(bytes);
      yield bytes;
    }
  }
  if (source.sniffed.kind !== 'gzip') return yield* counted();
  const cap = Math.max(
    IMPORT_LIMITS.freeInflatedBytes,
    Math.min(IMPORT_LIMITS.maxTextBytes, source.bytes * IMPORT_LIMITS.maxRatio),
  );
  const pieces = gunzipPieces(counted());
  let inflated = 0;
  try {
    for (;;) {
      const piece = await pieces.next();
      if (piece.done) {
        state.brokenArchive = piece.value;
        return;
      }
      inflated += piece.value.length;
      yield piece.value;
      if (inflated > cap) {
        state.cap = `It inflates to more than ${cap} bytes`;
        return;
      }
    }
  } finally {
    await pieces.return(false);
  }
}

/** Looks at the first text; only a gzip can surprise here, a plain file was looked at when it was opened. */
function encodingOf(bytes: Uint8Array): Extract<Sniffed, { kind: 'json' }>['encoding'] {
  const inner = sniff(bytes.subarray(0, SNIFF_BYTES));
  if (inner.kind === 'json') return inner.encoding;
  if (inner.kind === 'gzip') throw new AppError('unsupported', 'it is a gzip inside a gzip. Unpack it once');
  if (inner.kind === 'empty') throw new AppError('damaged', 'it is empty');
  throw new AppError(
    'unsupported',
    `it holds ${inner.kind === 'zip' ? 'a zip archive' : inner.what}, no recording of a session`,
  );
}

function refuseForeign(firstKeys: ReadonlySet<string>): void {
  const what = nameForeignJson(firstKeys);
  if (what)
    throw new AppError('unsupported', `it is ${what}; this version opens rrweb recordings and .traceflow files`);
}

function nothingFound(truncated: boolean, unreadable: number): AppError {
  if (truncated) return new AppError('damaged', 'it breaks off before the first rrweb event');
  if (unreadable > 0) return new AppError('damaged', 'it is not valid JSON, and no rrweb event in it can be read');
  return new AppError('unsupported', 'it holds no rrweb events');
}

function compressChunk(
  chunk: RawChunk,
  place: { readonly window: string; readonly generation: string },
): ImportedChunk {
  const { json, ...range } = chunk;
  const body = ownBytes(gzipSync(json));
  return { ...range, ...place, skewMs: 0, sha256: sha256(body), body };
}
