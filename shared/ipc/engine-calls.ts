import { z } from 'zod';
import { Diagnosis } from '../model/finding.ts';
import { GenerationId, SessionKey } from '../model/identity.ts';
import { EventKind, EventRow, OutlinePath, OutlineRow } from '../model/inspection.ts';
import { Note, NoteAt, NoteId, NoteText, TagName } from '../model/marks.ts';
import { ChunkInfo, SessionRow } from '../model/session.ts';
import { FACETS, NO_FILTER, SessionFilter } from '../model/session-filter.ts';
import { Signal } from '../model/signal.ts';
import { Role } from '../wire/access.ts';
import { ProjectInfo } from '../wire/change.ts';
import { read, write } from './call.ts';
import { Job } from './job.ts';
import { liveCalls } from './live-calls.ts';
import { ModelDraft, modelCalls } from './model-calls.ts';

const none = z.void();
const key = z.object({ key: SessionKey });
const page = z.object({
  offset: z.number().int().nonnegative().default(0),
  limit: z.number().int().positive().max(1000).default(200),
});
/** Ms from the start of the session. */
const atMs = z.number();
/** Of which events is asked; null for all. */
const eventFilter = z.object({
  kinds: z.array(EventKind).max(1000).nullable().default(null),
  range: z.object({ fromMs: atMs, toMs: atMs }).nullable().default(null),
});
const jobId = z.object({ jobId: z.string() });
const keys = z.object({ keys: z.array(SessionKey).max(10_000) });
/** Those of the keys that were given to which the call made a difference: what an undo has to turn back. */
const changed = z.object({ changed: z.array(SessionKey) });

/** Columns the library can sort on. */
export const SessionSort = z.enum([
  'startedAt',
  'durationMs',
  'events',
  'clicks',
  'errors',
  'failedRequests',
  'frustrations',
  'user',
  'entryUrl',
  'frustrationScore',
  'release',
  'browser',
  'verdict',
  'notes',
  'bytes',
]);
export type SessionSort = z.infer<typeof SessionSort>;

/** Which sessions. */
const wanted = z.object({
  /** Words that must all occur in URL, user, release or session id. */
  search: z.string().max(500).default(''),
  filter: SessionFilter.default(NO_FILTER),
});

/** One step of an order of sessions. */
const SortKey = z.object({ by: SessionSort, descending: z.boolean() });

/** How many sessions each value would leave. */
const counts = z.array(z.object({ value: z.string(), sessions: z.number().int() }));

/** A team server the analyst added. The token itself never leaves the engine's side. */
export const ServerInfo = z.object({
  id: z.string(),
  url: z.string(),
  project: z.string(),
  /** What the analyst calls it, or else its project's own name. */
  name: z.string(),
  projectName: z.string(),
  /** Nothing is asked of it by itself: it is neither synced with the others nor watched. */
  paused: z.boolean(),
  /** Last server sequence number applied here. */
  cursor: z.number().int().nonnegative(),
  lastSyncAt: z.number().nullable(),
  lastError: z.string().nullable(),
});
export type ServerInfo = z.infer<typeof ServerInfo>;

/** What a server says when it is asked whether it can be used. */
export const ServerCheck = z.object({
  works: z.boolean(),
  /** In words: what it is, or why it cannot be used and what to do. */
  verdict: z.string(),
  /** What the token may do; null when the server does not answer, or does not say. */
  role: Role.nullable(),
  /** When the token ends, ms since epoch; null when it does not, or the server does not say. */
  expiresAt: z.number().nullable(),
});
export type ServerCheck = z.infer<typeof ServerCheck>;

/** The ingestion service running inside the app, for a workspace of one. */
export const LocalServerInfo = z.object({
  running: z.boolean(),
  url: z.string().nullable(),
  writeKey: z.string().nullable(),
  snippet: z.string().nullable(),
});
export type LocalServerInfo = z.infer<typeof LocalServerInfo>;

/** How much the local library holds. */
export const StorageSummary = z.object({
  sessions: z.number().int(),
  /** Sessions whose recording is on this computer. */
  downloaded: z.number().int(),
  /** Of their recordings, as they are stored. */
  bytes: z.number(),
});
export type StorageSummary = z.infer<typeof StorageSummary>;

/** Where what is kept came from, and what room there is. */
export const StorageSources = z.object({
  /** Most bytes first; `source` as sessions have it, but `files` for all imports. */
  sources: z.array(z.object({ source: z.string(), sessions: z.number().int(), bytes: z.number() })),
  /** Left on the disk of the library, for this user. */
  freeBytes: z.number(),
});
export type StorageSources = z.infer<typeof StorageSources>;

/** Every call the window may make to the engine. A feature starts with a row here. */
export const engineCalls = {
  'sessions.list': read(
    wanted.extend({
      sort: SessionSort.default('startedAt'),
      descending: z.boolean().default(true),
      /** What decides among those that are equal. */
      thenBy: z.array(SortKey).max(4).default([]),
      offset: z.number().int().nonnegative().default(0),
      limit: z.number().int().positive().max(1000).default(200),
    }),
    z.object({ rows: z.array(SessionRow), total: z.number().int() }),
  ),
  'sessions.get': read(key, SessionRow),
  /**
   * How many sessions each value of each facet would leave: with everything else that is asked for, but without what is
   * chosen in that facet. Of values there may be many, the most frequent 100 are listed. Ends early when cancelled.
   */
  'sessions.facets': read(
    wanted.extend({
      /** Moments, ms since epoch: how many started since each. */
      since: z.array(z.number()).max(10).default([]),
    }),
    z.object({ facets: z.record(z.enum(FACETS), counts), since: z.array(z.number().int()) }),
  ),
  /** Takes sessions out of every list; they are deleted `undoMs` later, or when the app is closed, unless restored. */
  'sessions.hide': write(keys, changed.extend({ undoMs: z.number() })),
  /** Brings hidden sessions back. */
  'sessions.restore': write(keys, changed),
  /** Makes facts and diagnosis of these sessions again. */
  'sessions.diagnose': write(keys, jobId),
  'sessions.delete': write(keys, z.object({ deleted: z.number().int() })),
  /** Pinned sessions stay on this computer whatever is cleared to make room. */
  'sessions.pin': write(keys.extend({ pinned: z.boolean() }), changed),
  /** In the order of their moments. */
  'notes.list': read(key, z.array(Note)),
  /** `endAt` makes it a note about a span of time. */
  'notes.add': write(key.extend({ at: NoteAt, endAt: NoteAt.nullable().default(null), text: NoteText }), Note),
  /** What is absent stays as it is. */
  'notes.change': write(
    z.object({ id: NoteId, at: NoteAt.optional(), endAt: NoteAt.nullable().optional(), text: NoteText.optional() }),
    Note,
  ),
  /** Gives back what was removed, for `notes.restore`. */
  'notes.remove': write(z.object({ id: NoteId }), key.extend({ note: Note })),
  /** Undoes `notes.remove`. */
  'notes.restore': write(key.extend({ note: Note }), none),
  /** Every tag in use and on how many sessions, in alphabetical order. */
  'tags.list': read(none, z.array(z.object({ name: z.string(), sessions: z.number().int() }))),
  'tags.add': write(keys.extend({ name: TagName }), changed),
  'tags.remove': write(keys.extend({ name: TagName }), changed),
  'recording.chunks': read(key, z.array(ChunkInfo)),
  /** The stored bytes of one chunk, see `ChunkInfo`. */
  'recording.chunk': read(key.extend({ index: z.number().int().nonnegative() }), z.instanceof(Uint8Array)),
  'recording.signals': read(key, z.array(Signal)),
  /** Made on first request, then kept until the analysis code's version rises. */
  'recording.diagnosis': read(key, Diagnosis),
  /** Other sessions in which the same cause was found, newest first, and how many there are. */
  'findings.alike': read(
    key.extend({ fingerprint: z.string().max(1000), limit: z.number().int().positive().max(200).default(20) }),
    z.object({ rows: z.array(SessionRow), total: z.number().int() }),
  ),
  /** The page as it was at a moment, as a tree to read: its open rows, page by page. */
  'recording.elements': read(
    key.extend(page.shape).extend({
      atMs,
      /** The nodes that are not open or closed as they are by default, and the generation their ids belong to. */
      generation: z.string().nullable().default(null),
      toggled: z.array(z.number().int()).max(20_000).default([]),
    }),
    z.object({
      /** Node ids mean something within it only; null while there is no page. */
      generation: z.string().nullable(),
      rows: z.array(OutlineRow),
      total: z.number().int(),
    }),
  ),
  /** Where on that page a text occurs, or where a node is. */
  'recording.findElements': read(
    key.extend({
      atMs,
      what: z.union([z.object({ text: z.string().max(500) }), z.object({ node: z.number().int() })]),
      limit: z.number().int().positive().max(1000).default(200),
    }),
    z.object({
      generation: z.string().nullable(),
      matches: z.array(z.object({ id: z.number().int(), path: OutlinePath })),
      total: z.number().int(),
    }),
  ),
  /** All recorded events without their content, in the order of time, page by page. `kinds` counts all of them. */
  'recording.events': read(
    key.extend(page.shape).extend(eventFilter.shape),
    z.object({
      rows: z.array(EventRow),
      total: z.number().int(),
      kinds: z.array(z.object({ kind: EventKind, count: z.number().int() })),
    }),
  ),
  /** Index among the filtered events of the last one at or before a moment; -1 when all come later. */
  'recording.eventAt': read(key.extend(eventFilter.shape).extend({ atMs }), z.object({ index: z.number().int() })),
  /** One event as it was recorded: JSON to read, cut where it is longer than anybody reads. */
  'recording.event': read(
    key.extend({ generation: GenerationId, seq: z.number().int().nonnegative() }),
    z.object({ json: z.string(), cut: z.boolean() }),
  ),
  'servers.list': read(none, z.array(ServerInfo)),
  /** Asks the server who it is, without keeping anything. */
  'servers.test': read(
    z.object({ url: z.string().max(2000), token: z.string().max(500) }),
    z.object({ reachable: z.boolean(), verdict: z.string(), project: ProjectInfo.nullable() }),
  ),
  'servers.add': write(z.object({ url: z.string().max(2000), token: z.string().max(500) }), ServerInfo),
  /** Asks a server that is known here. */
  'servers.check': read(z.object({ id: z.string() }), ServerCheck),
  /** What is absent stays as it is; a name of null is the project's own again. */
  'servers.change': write(
    z.object({
      id: z.string(),
      name: z.string().trim().min(1).max(100).nullable().optional(),
      paused: z.boolean().optional(),
    }),
    none,
  ),
  'servers.remove': write(z.object({ id: z.string() }), none),
  'sync.start': write(z.object({ id: z.string() }), jobId),
  'localServer.status': read(none, LocalServerInfo),
  'localServer.start': write(none, LocalServerInfo),
  'localServer.stop': write(none, LocalServerInfo),
  'storage.summary': read(none, StorageSummary),
  'storage.sources': read(none, StorageSources),
  /** How many days a server keeps the sessions of its project (null: for ever), and how many are under a hold. Asks the server. */
  'retention.get': read(
    z.object({ id: z.string() }),
    z.object({ days: z.number().int().nullable(), held: z.number().int() }),
  ),
  'demo.open': write(none, jobId),
  'jobs.list': read(none, z.array(Job)),
  'jobs.cancel': write(jobId, none),
  ...modelCalls,
  ...liveCalls,
} as const;
export type EngineCalls = typeof engineCalls;

/** Messages the engine pushes to every window. */
export const engineEvents = {
  /** Something in the local store changed; caches of the named kinds are stale. */
  'store.changed': z.object({
    sessions: z.boolean(),
    servers: z.boolean(),
    /** Notes, tags or pins; what is recorded and derived is the same. */
    marks: z.boolean(),
    /** Who is online, and what is being followed. */
    live: z.boolean().default(false),
  }),
  'job.changed': Job,
  /** An answer grows; only for what this window asked, told by its id. */
  'model.draft': ModelDraft,
} as const;
export type EngineEvents = typeof engineEvents;
