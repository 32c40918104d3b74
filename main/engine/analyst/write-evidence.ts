import { stat } from 'node:fs/promises';
import { entryNames } from '../../../shared/formats/traceflow/entry-names.ts';
import {
  CHAIN_START,
  chainInput,
  EVIDENCE_VERSION,
  type EvidenceEntry,
  type EvidenceManifest,
  type EvidenceSession,
  MANIFEST_ENTRY,
  MANIFEST_HASH_ENTRY,
} from '../../../shared/formats/traceflow/manifest.ts';
import { sha256 } from '../../../shared/node/hashing.ts';
import { writeZip, type ZipPart } from '../../../shared/node/zip-writer.ts';
import type { EvidenceInput } from './analyst-api.ts';

/** Writes sessions with all that was recorded and derived into one evidence file. @returns its size. */
export async function writeEvidence(
  input: { readonly path: string; readonly createdAt: number; readonly sessions: readonly EvidenceInput[] },
  signal: AbortSignal,
): Promise<{ bytes: number }> {
  const parts: ZipPart[] = [];
  const entries: EvidenceEntry[] = [];
  let chain = sha256(CHAIN_START);
  const add = (part: ZipPart, hash: string): string => {
    chain = sha256(chainInput(chain, part.name, hash));
    const bytes = 'bytes' in part ? part.bytes.length : part.length;
    entries.push({ name: part.name, bytes, sha256: hash, chain });
    parts.push(part);
    return part.name;
  };
  const addJson = (name: string, value: unknown): string => {
    const bytes = Buffer.from(JSON.stringify(value));
    return add({ name, bytes }, sha256(bytes));
  };
  const sessions = input.sessions.map(({ session, layout, signals, diagnosis, marks }): EvidenceSession => {
    const names = entryNames(session.key);
    return {
      key: session.key,
      session,
      chunks: layout.chunks.map(({ offset, ...chunk }) => ({
        ...chunk,
        entry: add({ name: names.chunk(chunk.index), file: layout.file, offset, length: chunk.bytes }, chunk.sha256),
      })),
      signals: addJson(names.signals, signals),
      diagnosis: addJson(names.diagnosis, diagnosis),
      ...(marks.notes.length + marks.tags.length > 0 ? { marks: addJson(names.marks, marks) } : {}),
    };
  });
  const manifest: EvidenceManifest = {
    format: 'traceflow',
    version: EVIDENCE_VERSION,
    createdAt: input.createdAt,
    sessions,
    entries,
  };
  const manifestBytes = Buffer.from(JSON.stringify(manifest));
  parts.push({ name: MANIFEST_ENTRY, bytes: manifestBytes });
  parts.push({ name: MANIFEST_HASH_ENTRY, bytes: Buffer.from(sha256(manifestBytes)) });
  await writeZip(input.path, parts, signal);
  return { bytes: (await stat(input.path)).size };
}
