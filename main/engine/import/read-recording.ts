import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { createElementSplitter } from '../../../shared/formats/json/element-splitter.ts';
import { nameForeignJson } from '../../../shared/formats/json/foreign-json.ts';
import { SNIFF_BYTES, type Sniffed, sniff } from '../../../shared/formats/magic.ts';
import { createChunkBuilder, type RawChunk } from '../../../shared/formats/rrweb/chunk-builder.ts';
import { createEventReader } from '../../../shared/formats/rrweb/event-reader.ts';
import { noticeOf, type ReadingReport } from '../../../shared/formats/rrweb/notice.ts';
import { createTextStream, type TextStream } from '../../../shared/formats/text-decoding.ts';
import { AppError } from '../../../shared/lib/app-error.ts';
import { countText, manyText, sizeText } from '../../../shared/lib/size-text.ts';
import { SessionKey } from '../../../shared/model/identity.ts';
import { GUNZIP_PIECE_BYTES, gunzipPieces, inflateText } from '../../../shared/node/gunzip.ts';
import { sha256 } from '../../../shared/node/hashing.ts';
import { ownBytes } from '../../../shared/node/worker-port.ts';
import { IMPORT_LIMITS } from './import-limits.ts';
import type { ImportedChunk, ImportReading } from './import-steps.ts';
import { notOurs, OURS } from './not-ours.ts';
import { type OpenSource, sourceBytes } from './open-source.ts';

/** What reading finds out about the whole of a file. */
interface ReadingState {
  archive: ReadingReport['archive'];
  cap: string | null;
  /** Bytes of the file that were read when the first entry was met that is none. */
  soundBytes: number | null;
}

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
  const state: ReadingState = { archive: 'whole', cap: null, soundBytes: null };
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
        state.cap ??= `holds more than ${countText(IMPORT_LIMITS.maxEvents)} events`;
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
    if (reader.counts.unreadable + reader.counts.notEvents + splitter.counts.stray > 0)
      state.soundBytes ??= progress.bytes;
    if (state.cap) break;
    if (ready.length > 0) yield { kind: 'chunks', chunks: compress(), doneBytes: progress.bytes };
  }
  if (text) splitter.push(text.decode(new Uint8Array(0), true));
  const { truncated } = splitter.end();
  for (const event of reader.flush()) keep(builder.add(event));
  keep(builder.flush());
  const report = {
    split: splitter.counts,
    read: reader.counts,
    truncated: truncated && !state.cap,
    badText: text?.damaged ?? false,
    bytes: source.bytes,
    // zlib notices damage late: what it gives out before that is rubbish.
    readBytes: state.archive === 'damaged' && state.soundBytes !== null ? state.soundBytes : progress.bytes,
    archive: state.archive,
    cap: state.cap,
  };
  if (reader.counts.events === 0) throw nothingFound(report);
  if (progress.bytes === source.bytes && progress.hash.digest('hex') !== hash)
    throw new AppError('conflict', 'it changed while it was read. Import it again when nothing writes to it');
  yield { kind: 'chunks', chunks: compress(), doneBytes: source.bytes };
  const notice = noticeOf(report);
  yield { kind: 'end', notice, found: notice };
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
  state: ReadingState,
): AsyncGenerator<Uint8Array, void> {
  async function* counted(pieceBytes: number): AsyncGenerator<Uint8Array, void> {
    for await (const bytes of sourceBytes(source)) {
      progress.hash.update(bytes);
      for (let at = 0; at < bytes.length; at += pieceBytes) {
        const piece = bytes.subarray(at, at + pieceBytes);
        progress.bytes += piece.length;
        yield piece;
      }
    }
  }
  if (source.sniffed.kind !== 'gzip') return yield* counted(IMPORT_LIMITS.pieceBytes);
  const cap = Math.max(
    IMPORT_LIMITS.freeInflatedBytes,
    Math.min(IMPORT_LIMITS.maxTextBytes, source.bytes * IMPORT_LIMITS.maxRatio),
  );
  const pieces = gunzipPieces(counted(GUNZIP_PIECE_BYTES));
  let inflated = 0;
  try {
    for (;;) {
      const piece = await pieces.next();
      if (piece.done) {
        state.archive = piece.value;
        return;
      }
      inflated += piece.value.length;
      yield piece.value;
      if (inflated > cap) {
        state.cap = `inflates to more than ${sizeText(cap)}`;
        return;
      }
    }
  } finally {
    await pieces.return('whole');
  }
}

/** Looks at the first text; only a gzip can surprise here, a plain file was looked at when it was opened. */
function encodingOf(bytes: Uint8Array): Extract<Sniffed, { kind: 'json' }>['encoding'] {
  const inner = sniff(bytes.subarray(0, SNIFF_BYTES));
  if (inner.kind === 'json') return inner.encoding;
  if (inner.kind === 'gzip') throw new AppError('unsupported', 'it is a gzip inside a gzip. Unpack it once');
  if (inner.kind === 'empty') throw new AppError('damaged', 'it holds nothing but blanks. Export it again');
  throw notOurs(inner.kind === 'zip' ? 'a gzip of a zip archive' : `a gzip of ${inner.what}`);
}

function refuseForeign(firstKeys: ReadonlySet<string>): void {
  const what = nameForeignJson(firstKeys);
  if (what) throw notOurs(what);
}

function nothingFound({ read, split, cap, bytes, ...report }: ReadingReport): AppError {
  const size = sizeText(bytes);
  if (cap)
    return new AppError('too-large', `it ${cap} (from ${size}) without one rrweb event. Ask its sender what it is`);
  if (split.tooDeep > 0) {
    const depth = countText(IMPORT_LIMITS.maxEventDepth);
    return new AppError('unsupported', `it nests deeper than the ${depth} levels an event may have. ${OURS}`);
  }
  if (report.truncated || report.archive !== 'whole')
    return new AppError('damaged', `it breaks off before the first rrweb event (${size}). Ask for the whole file`);
  if (read.unreadable > 0)
    return new AppError('damaged', `it is not valid JSON, and no rrweb event in it can be read. Export it again`);
  const others = read.notEvents + split.stray;
  return new AppError(
    'unsupported',
    `it holds no rrweb events (${manyText(others, 'other entry', 'other entries')}). ${OURS}`,
  );
}

function compressChunk(
  chunk: RawChunk,
  place: { readonly window: string; readonly generation: string },
): ImportedChunk {
  const { json, ...range } = chunk;
  const body = ownBytes(gzipSync(json));
  return { ...range, ...place, skewMs: 0, sha256: sha256(body), body };
}
