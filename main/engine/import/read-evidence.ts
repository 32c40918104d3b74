import { stat } from 'node:fs/promises';
import { readChunkEvents } from '../../../shared/formats/rrweb/chunk-events.ts';
import {
  checkChain,
  type EvidenceEntry,
  type EvidenceManifest,
  type EvidenceSession,
  MANIFEST_ENTRY,
  MANIFEST_HASH_ENTRY,
  readManifest,
} from '../../../shared/formats/traceflow/manifest.ts';
import { AppError } from '../../../shared/lib/app-error.ts';
import { Marks } from '../../../shared/model/marks.ts';
import { chunkText } from '../../../shared/node/gunzip.ts';
import { sha256 } from '../../../shared/node/hashing.ts';
import { ownBytes } from '../../../shared/node/worker-port.ts';
import { openZip, type ZipReader } from '../../../shared/node/zip-reader.ts';
import { contentKey } from '../store/content-key.ts';
import { EVIDENCE_LIMITS } from './import-limits.ts';
import type { ImportedChunk, ImportReading } from './import-steps.ts';
import { notOurs } from './not-ours.ts';

/** Bytes of chunks handed over at once. */
const STEP_BYTES = 1024 * 1024;

/**
 * Reads the sessions of an evidence file. Everything is checked before the first session is handed over: a file with one
 * changed byte gives nothing but the name of the entry it lies in.
 * @throws AppError whose message completes `<file> was not imported: ...`.
 */
export async function* readEvidence(path: string): ImportReading {
  const { size } = await stat(path);
  const maxTotalBytes = Math.max(EVIDENCE_LIMITS.freeInflatedBytes, size * EVIDENCE_LIMITS.maxRatio);
  const zip = await openZip(path, { ...EVIDENCE_LIMITS, maxTotalBytes }).catch(refuse);
  try {
    if (!zip.names.has(MANIFEST_ENTRY)) throw foreignZip(zip.names);
    const manifest = await checkedManifest(zip);
    const entries = checkChain(manifest, sha256);
    refuseUnlisted(zip.names, entries);
    for (const entry of entries.values()) await checkedEntry(zip, entry);
    for (const session of manifest.sessions) await readMarks(zip, session, entries);
    let doneBytes = 0;
    for (const session of manifest.sessions) doneBytes = yield* readSession(zip, session, entries, doneBytes);
  } catch (error) {
    refuse(error);
  } finally {
    zip.close();
  }
}

/** Adds the way out: nothing of a file that does not check out is believed. @throws always. */
function refuse(error: unknown): never {
  if (!(error instanceof AppError)) throw error;
  const { code, message } = error;
  if (code === 'damaged' || code === 'not-found')
    throw new AppError('damaged', `${message}. Nothing of it can be trusted: ask its sender for a new export`);
  if (code === 'too-large') throw new AppError(code, `${message}. Ask its sender what it is`);
  throw error;
}

function foreignZip(names: ReadonlySet<string>): AppError {
  const isTrace = [...names].some((name) => /(^|\/)[^/]*trace\.(trace|network)$|^trace\.|\.trace$/.test(name));
  const what = isTrace ? 'a Playwright trace' : 'a zip archive without a TRACEFLOW manifest';
  return notOurs(what);
}

async function checkedManifest(zip: ZipReader): Promise<EvidenceManifest> {
  const bytes = await zip.read(MANIFEST_ENTRY);
  // The version comes first: a newer format may keep its hash elsewhere.
  const manifest = readManifest(bytes.toString('utf8'));
  const promised = (await zip.read(MANIFEST_HASH_ENTRY)).toString('utf8').trim();
  if (promised !== sha256(bytes)) throw new AppError('damaged', `${MANIFEST_ENTRY} was changed: its hash does not fit`);
  return manifest;
}

function refuseUnlisted(names: ReadonlySet<string>, entries: ReadonlyMap<string, EvidenceEntry>): void {
  const own = new Set([MANIFEST_ENTRY, MANIFEST_HASH_ENTRY]);
  const extra = [...names].find((name) => !own.has(name) && !entries.has(name));
  if (extra !== undefined)
    throw new AppError('damaged', `${JSON.stringify(extra.slice(0, 100))} is not listed in its manifest`);
}

async function checkedEntry(zip: ZipReader, entry: EvidenceEntry): Promise<Buffer> {
  const bytes = await zip.read(entry.name);
  if (bytes.length === entry.bytes && sha256(bytes) === entry.sha256) return bytes;
  throw new AppError('damaged', `${entry.name} was changed: its hash does not fit`);
}

async function readMarks(
  zip: ZipReader,
  session: EvidenceSession,
  entries: ReadonlyMap<string, EvidenceEntry>,
): Promise<Marks | null> {
  const entry = session.marks === undefined ? undefined : entries.get(session.marks);
  if (!entry) return null;
  const read = Marks.safeParse(JSON.parse((await checkedEntry(zip, entry)).toString('utf8')));
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new AppError('damaged', `${entry.name}: ${issue?.path.join('.')}: ${issue?.message}`);
}

async function* readSession(
  zip: ZipReader,
  session: EvidenceSession,
  entries: ReadonlyMap<string, EvidenceEntry>,
  startBytes: number,
): AsyncGenerator<Awaited<ReturnType<ImportReading['next']>>['value'] & object, number, 'take' | 'skip'> {
  const { sessionId, notice } = session.session;
  const key = contentKey(sessionId, session.chunks);
  let doneBytes = startBytes;
  const marks = await readMarks(zip, session, entries);
  if ((yield { kind: 'session', key, sessionId, marks }) === 'skip') return doneBytes;
  let batch: ImportedChunk[] = [];
  let batchBytes = 0;
  for (const { index: _index, bytes, entry: name, ...chunk } of session.chunks) {
    const entry = entries.get(name);
    if (entry?.sha256 !== chunk.sha256 || entry.bytes !== bytes) {
      throw new AppError('damaged', `${name} is not what the manifest says of its session`);
    }
    const body = ownBytes(await checkedEntry(zip, entry));
    readChunkEvents(chunkText(body), chunk); // a chunk that cannot be read is refused here, not at replay
    batch.push({ ...chunk, skewMs: 0, body });
    batchBytes += body.length;
    if (batchBytes < STEP_BYTES) continue;
    doneBytes += batchBytes;
    yield { kind: 'chunks', chunks: batch, doneBytes };
    batch = [];
    batchBytes = 0;
  }
  doneBytes += batchBytes;
  yield { kind: 'chunks', chunks: batch, doneBytes };
  yield { kind: 'end', notice, found: null };
  return doneBytes;
}
