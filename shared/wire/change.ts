import { z } from 'zod';
import { GenerationId, ProjectId, SessionId, WindowId } from '../model/identity.ts';
import { Role } from './access.ts';
import { AnnotationChange } from './annotation.ts';

/** The server accepted a chunk (one batch). `seq` is the server's own sequence number: the cursor, never a clock. */
export const ChunkChange = z.object({
  seq: z.number().int().positive(),
  kind: z.literal('chunk'),
  session: SessionId,
  window: WindowId,
  generation: GenerationId,
  firstSeq: z.number().int().nonnegative(),
  count: z.number().int().positive(),
  fromAt: z.number(),
  toAt: z.number(),
  /** Server time of receipt minus the page's clock at sending: an upper estimate of how far the page's clock is behind. */
  skewMs: z.number(),
  receivedAt: z.number(),
  bytes: z.number().int().positive(),
  /** Of the stored bytes, hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ChunkChange = z.infer<typeof ChunkChange>;

/** Why a session is gone: somebody had it erased, or the project keeps sessions no longer. */
export const ErasureReason = z.enum(['erased', 'expired']);
export type ErasureReason = z.infer<typeof ErasureReason>;

/** A tombstone: nothing of this session may be kept, wherever a copy of it is. It takes no more chunks. */
export const ErasedChange = z.object({
  seq: z.number().int().positive(),
  kind: z.literal('erased'),
  session: SessionId,
  reason: ErasureReason,
  erasedAt: z.number(),
});
export type ErasedChange = z.infer<typeof ErasedChange>;

/** Annotations are in the feed of those who ask for them. */
export const Change = z.discriminatedUnion('kind', [ChunkChange, ErasedChange, AnnotationChange]);
export type Change = z.infer<typeof Change>;

/** Answer of `GET /v1/changes?after=<cursor>&limit=<n>`: changes in rising `seq`, of all sessions or of one. */
export const ChangePage = z.object({
  /** Names this server's history; another one means the cursor is worthless (another server, or an older backup). */
  history: z.string().min(1).max(64),
  changes: z.array(Change).max(1000),
  /** The cursor to ask with next. */
  next: z.number().int().nonnegative(),
  /** Highest sequence number of the project, for progress. */
  head: z.number().int().nonnegative(),
});
export type ChangePage = z.infer<typeof ChangePage>;

/** Answer of `GET /v1/project` with a read token: what a workstation shows when a connection is tested. */
export const ProjectInfo = z.object({
  project: ProjectId,
  name: z.string(),
  serverVersion: z.string(),
  history: z.string(),
  head: z.number().int().nonnegative(),
  now: z.number(),
  /** Of the token that asked; older servers do not say. */
  role: Role.optional(),
  /** When that token stops to work, ms since epoch; null when it does not. Older servers do not say. */
  expiresAt: z.number().nullable().optional(),
});
export type ProjectInfo = z.infer<typeof ProjectInfo>;

/** Paths of the HTTP contract. A chunk's bytes come from `GET ${chunks}/<seq>` exactly as stored. */
export const PATHS = {
  batches: '/v1/batches',
  stream: '/v1/stream',
  changes: '/v1/changes',
  chunks: '/v1/chunks',
  project: '/v1/project',
  health: '/v1/health',
  alive: '/healthz',
  ready: '/readyz',
  openApi: '/openapi.json',
  audit: '/v1/audit',
  live: '/v1/live',
  sessions: '/v1/sessions',
  erasures: '/v1/erasures',
  exports: '/v1/exports',
  holds: '/v1/holds',
  retention: '/v1/retention',
  annotations: '/v1/annotations',
  scrubbing: '/v1/scrubbing',
  assets: '/v1/assets',
} as const;
