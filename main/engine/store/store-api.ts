import type { SessionSummary } from '../../../shared/facts/index.ts';
import type { OutputOf } from '../../../shared/ipc/call.ts';
import type { EngineCalls, ServerInfo, StorageSources, StorageSummary } from '../../../shared/ipc/engine-calls.ts';
import type { Diagnosis } from '../../../shared/model/finding.ts';
import type { SessionKey } from '../../../shared/model/identity.ts';
import type { Marks, Note, NoteId } from '../../../shared/model/marks.ts';
import type { ChunkInfo, SessionRow } from '../../../shared/model/session.ts';
import type { Signal } from '../../../shared/model/signal.ts';
import type { Transcript } from '../../../shared/model/transcript.ts';
import type { AlikeQuery } from './alike.ts';
import type { SavedModel } from './models.ts';
import type { ListQuery } from './session-list.ts';

/** One chunk to be kept, with what is known of it. */
export interface NewChunk {
  readonly window: string;
  readonly generation: string;
  readonly firstSeq: number;
  readonly count: number;
  readonly fromAt: number;
  readonly toAt: number;
  readonly skewMs: number;
  readonly sha256: string;
}

/** A chunk a server offers. */
export interface OfferedChunk extends NewChunk {
  readonly key: SessionKey;
  readonly sessionId: string;
  readonly bytes: number;
}

/** A page that is being taken in. A server has one of its feed at a time, and beside it those with a `part` of their own. */
export interface PageName {
  readonly server: string;
  readonly part?: string;
}

/** Where the parts of a recording lie, for the threads that read them directly. */
export interface RecordingLayout {
  readonly file: string;
  readonly chunks: readonly (ChunkInfo & { readonly offset: number })[];
}

/** What the facts code found out about a session, as far as the library keeps it. */
export type SessionFacts = Omit<SessionSummary, 'repeated' | 'skipped'>;

/** Everything derived from one recording. */
export interface DerivedSession {
  readonly key: SessionKey;
  /** How many chunks the recording had when this was made. */
  readonly chunks: number;
  readonly factsVersion: number;
  readonly analysisVersion: number;
  readonly facts: SessionFacts;
  readonly signals: readonly Signal[];
  readonly diagnosis: Diagnosis;
  readonly activity: readonly number[];
  /** What could not be read, or null; joined with what the session's notice said before. */
  readonly notice: string | null;
}

/** Versions of the code whose results are kept. */
export interface DerivedVersions {
  readonly facts: number;
  readonly analysis: number;
}

/** Fields of a note that a person can change. */
export type NoteChange = Partial<Pick<Note, 'at' | 'endAt' | 'text'>>;

interface Keyed {
  readonly key: SessionKey;
}

/**
 * The local library: SQLite and one file a session. Lives in a worker thread; on the other side of its port each method
 * is asynchronous. All methods throw `AppError`.
 */
export interface Store {
  /** What was found and mended when the library was opened, for people. */
  opened(): { readonly messages: readonly string[] };

  list(query: ListQuery): OutputOf<EngineCalls, 'sessions.list'>;
  get(input: Keyed): SessionRow;
  /** The session with this key, or with exactly these chunks (see `contentKey`), or null. */
  find(input: Keyed): SessionKey | null;
  /** Takes sessions out of every list; `unhide` brings them back. Both return those it made a difference to. */
  hide(input: { readonly keys: readonly SessionKey[] }): SessionKey[];
  unhide(input: { readonly keys: readonly SessionKey[] }): SessionKey[];
  /** Deletes those of them that are hidden still. */
  erase(input: { readonly keys: readonly SessionKey[] }): { deleted: number };
  /** Rows first, then files. Deleted sessions of a server stay away in later syncs. */
  remove(input: { readonly keys: readonly SessionKey[] }): { deleted: number };

  chunks(input: Keyed): ChunkInfo[];
  /** The stored bytes, checked against their hash. */
  chunk(input: Keyed & { readonly index: number }): Uint8Array<ArrayBuffer>;
  layout(input: Keyed): RecordingLayout;

  signals(input: Keyed): Signal[];
  /** @throws `not-found` when none was made yet. */
  diagnosis(input: Keyed): Diagnosis;
  /** Other sessions with a finding of this fingerprint, newest first. */
  alike(input: AlikeQuery): OutputOf<EngineCalls, 'findings.alike'>;
  isDerived(input: Keyed & DerivedVersions): boolean;
  /** @returns false, and keeps nothing, when chunks have come since. */
  saveDerived(input: DerivedSession): boolean;
  /** Sessions whose derived data is missing or of another version. */
  stale(input: DerivedVersions & { readonly limit: number }): SessionKey[];
  /** Has the derived data of a session made again by the next that asks. */
  markStale(input: Keyed): void;

  /** The session's notes in the order of their moments. */
  notes(input: Keyed): Note[];
  addNote(input: Keyed & { readonly note: Note }): void;
  /** @throws `not-found`, `bad-request` when it would end before it begins. */
  changeNote(input: { readonly id: NoteId; readonly change: NoteChange; readonly at: number }): {
    readonly key: SessionKey;
    readonly note: Note;
  };
  /** @throws `not-found`. */
  removeNote(input: { readonly id: NoteId }): { readonly key: SessionKey; readonly note: Note };
  /** What the library holds in all. */
  summary(): StorageSummary;
  /** The same by where it came from, with the room that is left. */
  sources(): StorageSources;
  /** All tags in use and how many sessions have each, in alphabetical order. */
  tags(): { readonly name: string; readonly sessions: number }[];
  /** Puts a tag on sessions, or takes it away. @returns the sessions it made a difference to. */
  tag(input: { readonly keys: readonly SessionKey[]; readonly name: string; readonly on: boolean }): SessionKey[];
  /** @returns the sessions it made a difference to. */
  pin(input: { readonly keys: readonly SessionKey[]; readonly pinned: boolean }): SessionKey[];
  /** Notes and tags for an export. */
  marks(input: Keyed): Marks;
  /** Adds what is not there yet: the same marks again change nothing. @returns whether anything was new. */
  mergeMarks(input: Keyed & { readonly marks: Marks }): boolean;

  /** Starts a session that comes as a whole; it appears in the library only when it is committed. */
  beginImport(input: Keyed & { readonly source: string; readonly sessionId: string }): void;
  appendImport(input: Keyed & { readonly chunks: readonly (NewChunk & { readonly body: Uint8Array })[] }): void;
  /** @param input.marks notes and tags that came with the recording. */
  commitImport(input: Keyed & { readonly notice: string | null; readonly marks?: Marks | null }): void;
  abortImport(input: Keyed): void;

  servers(): ServerInfo[];
  /** Adding a server again renews its address and its project's name. */
  saveServer(
    input: Pick<ServerInfo, 'id' | 'url' | 'project' | 'name' | 'cursor'> & {
      readonly history: string;
      readonly addedAt: number;
    },
  ): void;
  /** What is absent stays as it is. @throws `not-found`. */
  changeServer(input: { readonly id: string; readonly name?: string | null; readonly paused?: boolean }): void;
  removeServer(input: { readonly id: string }): void;
  noteServer(input: { readonly id: string; readonly lastError: string | null }): void;
  history(input: { readonly id: string }): { readonly history: string; readonly cursor: number };

  /** @returns the indexes of the offered chunks whose bytes are not here yet. */
  beginPage(input: PageName & { readonly chunks: readonly OfferedChunk[] }): { missing: number[] };
  /** Checks and appends the bytes of one offered chunk. @throws `damaged` when they are not what was offered. */
  stage(input: PageName & { readonly index: number; readonly body: Uint8Array }): void;
  /**
   * Makes the staged bytes durable, then their rows and the cursor in one transaction. Sessions that the server erased are gone after
   * it, with their files, and never come back.
   * @returns sessions that changed, `erased` how many were here and are not any more.
   */
  commitPage(
    input: PageName & {
      readonly erased: readonly SessionKey[];
      /** How far the server is synced now; null when the page is not the next of its feed. */
      readonly synced: { readonly history: string; readonly cursor: number } | null;
      readonly at: number;
    },
  ): { touched: SessionKey[]; erased: number };

  /** The endpoint that was configured, or null. */
  modelSettings(): SavedModel | null;
  saveModelSettings(input: { readonly settings: SavedModel | null }): void;
  /** Kept with the session and deleted with it. */
  addTranscript(input: Keyed & { readonly transcript: Transcript }): void;
  /** Newest first, at most 50. */
  transcripts(input: Keyed): Transcript[];

  /** Must be the last call. */
  close(): void;
}
