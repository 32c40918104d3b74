import { z } from 'zod';
import { AppError } from '../../lib/app-error.ts';
import { SessionKey } from '../../model/identity.ts';
import { ChunkInfo, SessionRow } from '../../model/session.ts';

/** Version of the evidence file written today. Readers know all versions up to it. */
export const EVIDENCE_VERSION = 1;

/** Names of the entries that are not listed in the manifest, because they are it. */
export const MANIFEST_ENTRY = 'manifest.json';
/** Holds the hex SHA-256 of the manifest, so that a changed manifest is noticed too. */
export const MANIFEST_HASH_ENTRY = 'manifest.sha256';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** Entry names are ours: lower-case words, digits and dots in at most four steps; so they cannot leave a folder. */
const entryName = z.string().regex(/^[a-z0-9-]+(\.[a-z0-9]+)*(\/[a-z0-9-]+(\.[a-z0-9]+)*){0,3}$/);

/** One file of the archive. `chain` is the SHA-256 over the chain before it, its name and its own hash. */
const EvidenceEntry = z.object({
  name: entryName,
  bytes: z.number().int().nonnegative(),
  sha256,
  chain: sha256,
});
export type EvidenceEntry = z.infer<typeof EvidenceEntry>;

/** One session of the archive: its row when it was written, and where its parts lie. */
export const EvidenceSession = z.object({
  key: SessionKey,
  session: SessionRow,
  chunks: z.array(ChunkInfo.extend({ entry: entryName })).max(1_000_000),
  /** Made by the program that wrote the file, for people and other readers; a reader of ours makes its own. */
  signals: entryName,
  diagnosis: entryName,
  /** Notes and tags (`Marks`); absent when there were none. Readers that do not know it leave it aside. */
  marks: entryName.optional(),
});
export type EvidenceSession = z.infer<typeof EvidenceSession>;

/** Contents of `manifest.json`. */
export const EvidenceManifest = z.object({
  format: z.literal('traceflow'),
  version: z.literal(EVIDENCE_VERSION),
  createdAt: z.number(),
  sessions: z.array(EvidenceSession).min(1).max(100_000),
  entries: z.array(EvidenceEntry).max(2_000_000),
});
export type EvidenceManifest = z.infer<typeof EvidenceManifest>;

/** Where the chain of hashes begins. */
export const CHAIN_START = `traceflow/${EVIDENCE_VERSION}`;

/** What the next link of the chain is the hash of. */
export const chainInput = (previous: string, name: string, hash: string): string => `${previous}\n${name}\n${hash}`;

/**
 * @throws AppError `unsupported` for a file of a newer version (nothing else of it is looked at), `damaged` for a
 *   manifest that does not say what it must.
 */
export function readManifest(json: string): EvidenceManifest {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new AppError('damaged', `${MANIFEST_ENTRY} is not valid JSON`, { cause: error });
  }
  const head = z.object({ format: z.literal('traceflow'), version: z.number() }).safeParse(value);
  if (!head.success) throw new AppError('damaged', `${MANIFEST_ENTRY} does not describe a TRACEFLOW evidence file`);
  if (head.data.version > EVIDENCE_VERSION) {
    throw new AppError(
      'unsupported',
      `it was made by a newer version of TRACEFLOW (evidence format ${head.data.version}, this program knows ${EVIDENCE_VERSION}). Install the newer version to open it`,
    );
  }
  const manifest = EvidenceManifest.safeParse(value);
  if (manifest.success) return manifest.data;
  const issue = manifest.error.issues[0];
  throw new AppError('damaged', `${MANIFEST_ENTRY}: ${issue?.path.join('.')}: ${issue?.message}`);
}

/**
 * Checks that the entries listed form an unbroken chain and that every part of every session is listed.
 * @throws AppError `damaged`, naming the first entry that does not fit.
 */
export function checkChain(manifest: EvidenceManifest, sha256Of: (text: string) => string): Map<string, EvidenceEntry> {
  const entries = new Map<string, EvidenceEntry>();
  let chain = sha256Of(CHAIN_START);
  for (const entry of manifest.entries) {
    chain = sha256Of(chainInput(chain, entry.name, entry.sha256));
    if (entry.chain !== chain) throw new AppError('damaged', `${entry.name}: the chain of hashes is broken here`);
    if (entries.has(entry.name)) throw new AppError('damaged', `${entry.name} is listed twice`);
    entries.set(entry.name, entry);
  }
  for (const session of manifest.sessions) {
    const parts = [...session.chunks.map((chunk) => chunk.entry), session.signals, session.diagnosis];
    if (session.marks !== undefined) parts.push(session.marks);
    const missing = parts.find((name) => !entries.has(name));
    if (missing) throw new AppError('damaged', `${missing} is missing from the list of entries`);
  }
  return entries;
}
