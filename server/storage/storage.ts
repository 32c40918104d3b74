import { z } from 'zod';
import type { AuditLog, Role } from '../../shared/wire/access.ts';
import type { Annotation, AnnotationChange, AnnotationOutcome } from '../../shared/wire/annotation.ts';
import type { AssetType } from '../../shared/wire/asset.ts';
import type { Change, ErasureReason } from '../../shared/wire/change.ts';
import type { ScrubRules } from '../../shared/wire/scrub.ts';

/** What a secret is for: a write key may only send batches, a read token opens the routes of its role. */
export type CredentialKind = 'write' | 'read';

/** A project as it is kept. `createdAt` is ms since epoch. */
export interface ProjectRecord {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  /** Sessions whose newest batch is older are erased; null keeps them for ever. */
  readonly retentionDays: number | null;
}

/** What the audit log notes of people's data, beside changes of projects and secrets. */
export const Deed = z.enum(['erased', 'expired', 'exported']);
export type Deed = z.infer<typeof Deed>;

/** A secret as it is kept: only its SHA-256. Times are ms since epoch. */
export interface CredentialRecord {
  readonly hash: Buffer;
  readonly project: string;
  readonly kind: CredentialKind;
  readonly createdAt: number;
  /** Of a read token; a write key has none. */
  readonly role: Role | null;
  /** What people call it. */
  readonly label: string;
  /** Pages that may use a write key, as `https://host[:port]` or `https://*.host`; empty for all. */
  readonly origins: readonly string[];
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
}

/** Name of a secret in lists, logs and the audit log: the start of its hash, which opens nothing. */
export const credentialId = (hash: Uint8Array): string => Buffer.from(hash).toString('hex', 0, 6);

/** Who changes something: `command` for whoever has the folder, or the id of a token. */
export type Actor = string;

/** Who somebody is and which secrets open which project; every change is an entry of the audit log. */
export interface Accounts {
  addProject(project: Omit<ProjectRecord, 'retentionDays'>, by: Actor): Promise<void>;
  /** @throws AppError `not-found` when the project does not exist. */
  addCredential(credential: Omit<CredentialRecord, 'revokedAt'>, by: Actor): Promise<void>;
  /** Takes effect at once, for every process that uses the folder. @throws AppError `not-found`. */
  revokeCredential(id: string, at: number, by: Actor): Promise<void>;
  findCredential(hash: Buffer): Promise<CredentialRecord | undefined>;
  /** Of one project, or of all; oldest first. */
  credentials(project?: string): Promise<CredentialRecord[]>;
  /** Sessions that must not be erased, whatever asks for it. */
  holds(project: string): Promise<string[]>;
  setHold(
    hold: { readonly project: string; readonly session: string; readonly isOn: boolean; readonly at: number },
    by: Actor,
  ): Promise<void>;
  setRetention(
    rule: { readonly project: string; readonly days: number | null; readonly at: number },
    by: Actor,
  ): Promise<void>;
  /** What is taken out of a project's batches before they are kept; null when nothing is. */
  scrubRules(project: string): Promise<ScrubRules | null>;
  setScrubRules(
    change: { readonly project: string; readonly rules: ScrubRules | null; readonly at: number },
    by: Actor,
  ): Promise<void>;
  /** Notes in the audit log what is about to happen to how many sessions. */
  noteDeed(
    note: { readonly project: string; readonly deed: Deed; readonly sessions: number; readonly at: number },
    by: Actor,
  ): Promise<void>;
  findProject(id: string): Promise<ProjectRecord | undefined>;
  projects(): Promise<ProjectRecord[]>;
  /** Changes whenever anything here does, whichever process did it. */
  revision(): Promise<string>;
  /** Of one project, or of all. */
  audit(project?: string): Promise<AuditLog>;
}

/** The bytes of a batch as they arrived, with the hash taken while they did. */
export interface Body {
  readonly parts: readonly Buffer[];
  readonly bytes: number;
  /** SHA-256 of all parts. */
  readonly sha256: Buffer;
}

/** A checked batch, ready to be kept. Times are ms since epoch: `receivedAt` by our clock, the others by the page's. */
export interface NewBatch {
  readonly project: string;
  readonly session: string;
  readonly window: string;
  readonly generation: string;
  readonly first: number;
  readonly count: number;
  readonly fromAt: number;
  readonly toAt: number;
  readonly sentAt: number;
  readonly receivedAt: number;
  /** Where it came from, roughly; see `FindRegion`. */
  readonly country?: string;
  readonly region?: string | null;
  readonly body: Body;
}

/** What became of a batch; in every case it is true on disk when this is answered. */
export interface AppendOutcome {
  /** `conflict`: the same identity was kept earlier with other bytes; these were set aside, the earlier ones stand. `erased`: the session takes no more. */
  readonly outcome: 'stored' | 'duplicate' | 'conflict' | 'erased';
  /** First seq of the generation that is not there yet. */
  readonly next: number;
}

/** Bytes that a session names. */
export interface NewAsset {
  readonly project: string;
  readonly session: string;
  readonly type: AssetType;
  readonly body: Body;
}

/** What became of an asset. `unknown`: the project has no such session (yet). */
export type AssetOutcome = 'stored' | 'duplicate' | 'erased' | 'unknown' | 'too-many';

/** Whose annotations they are, and when they came (ms since epoch). */
export interface AnnotationSource {
  readonly project: string;
  readonly by: string;
  readonly at: number;
}

/** What of a project's changes is wanted: by default chunks and tombstones of all sessions. */
export interface FeedOptions {
  /** Chunks and tombstone of this session alone. */
  readonly session?: string;
  /** Annotations, too; of all sessions. */
  readonly annotations?: boolean;
}

/** Part of a project's change feed. */
export interface ChangeList {
  readonly changes: Change[];
  /** Highest sequence number of the project, 0 when it has none. */
  readonly head: number;
}

/** A kept chunk. `read` gives its stored bytes from `start`, at most `length` of them. */
export interface StoredChunk {
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
  read(start: number, length: number): Promise<Buffer>;
}

/** Why and when sessions are erased. */
export interface Erasure {
  readonly reason: ErasureReason;
  readonly at: number;
}

/** Where a server keeps everything. Every profile passes the same contract suite. */
export interface Storage {
  /** Names the history of sequence numbers: another name makes every cursor worthless. */
  readonly history: string;
  readonly accounts: Accounts;
  /** @throws StorageFullError, or whatever the medium says; then nothing of the batch is kept. */
  appendBatch(batch: NewBatch): Promise<AppendOutcome>;
  /** The first event of a generation that is not durable, 0 when nothing is; or that its session was erased. */
  resumeAt(stream: Pick<NewBatch, 'project' | 'session' | 'window' | 'generation'>): Promise<number | 'erased'>;
  readChanges(project: string, after: number, limit: number, only?: FeedOptions): Promise<ChangeList>;
  /**
   * Takes annotations in; of one item the one that was edited last stands, of equally late ones the one that came last.
   * @returns what became of each; what is stored is on the disk. @throws StorageFullError.
   */
  annotate(annotations: readonly Annotation[], source: AnnotationSource): Promise<AnnotationOutcome[]>;
  /** Keeps an asset until the last session that names it is erased. @throws StorageFullError. */
  keepAsset(asset: NewAsset): Promise<AssetOutcome>;
  findAsset(project: string, sha256: string): Promise<(StoredChunk & { readonly type: AssetType }) | undefined>;
  /** What stands of a project behind a sequence number, deletions included. */
  readAnnotations(project: string, after: number, limit: number): Promise<AnnotationChange[]>;
  /** Highest sequence number of any chunk; everything up to it can be read. */
  head(): Promise<number>;
  findChunk(project: string, seq: number): Promise<StoredChunk | undefined>;
  /**
   * Erases sessions, also ones that never came: their tombstones are durable first, then their bytes are taken out of every
   * file. What was promised by a tombstone and not finished is finished at the next start.
   */
  eraseSessions(project: string, sessions: readonly string[], why: Erasure): Promise<void>;
  /** Every session that was erased, with its project. */
  erasedSessions(): Promise<{ readonly project: string; readonly session: string }[]>;
  /** Sessions whose newest chunk was received before a time, oldest first. */
  sessionsBefore(project: string, receivedAt: number, limit: number): Promise<string[]>;
  /** @throws when batches cannot be kept any more and only a restart helps. */
  checkHealth(): Promise<void>;
  /** Finishes what was accepted, then lets go of the folder. */
  close(): Promise<void>;
}

/** There is no room left for a batch. Nothing of it was kept; it can be sent again later. */
export class StorageFullError extends Error {
  override readonly name = 'StorageFullError';
}
