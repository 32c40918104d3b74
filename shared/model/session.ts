import { z } from 'zod';
import { FaultClass } from './finding.ts';
import { SessionKey } from './identity.ts';
import { TagName } from './marks.ts';

/** Where the local copy of a session stands. `index`: row and facts only; `downloaded`: can be replayed offline. */
export const SessionState = z.enum(['index', 'downloaded']);
export type SessionState = z.infer<typeof SessionState>;

/** Into how many equal parts of its length the activity of a session is counted. */
export const ACTIVITY_BUCKETS = 24;

/** One session as the library shows it. Times are ms since epoch. */
export const SessionRow = z.object({
  key: SessionKey,
  /** `file:<name>` for an import, `server:<id>` for a synced one, `demo` for the demo workspace. */
  source: z.string(),
  sessionId: z.string(),
  startedAt: z.number(),
  durationMs: z.number().nonnegative(),
  entryUrl: z.string(),
  exitUrl: z.string(),
  user: z.string().nullable(),
  userAgent: z.string().nullable(),
  release: z.string().nullable(),
  events: z.number().int().nonnegative(),
  clicks: z.number().int().nonnegative(),
  errors: z.number().int().nonnegative(),
  failedRequests: z.number().int().nonnegative(),
  frustrations: z.number().int().nonnegative(),
  bytes: z.number().int().nonnegative(),
  state: SessionState,
  /** One line: the top finding, `nothing wrong found`, or null before the first diagnosis. */
  verdict: z.string().nullable(),
  /** What could not be read or is missing, in words; null when all is there. */
  notice: z.string().nullable(),
  /** In alphabetical order. Absent in evidence files written before there were tags. */
  tags: z.array(TagName).default([]),
  /** How many notes it has. */
  notes: z.number().int().nonnegative().default(0),
  /** Kept on this computer whatever is cleared to make room. */
  pinned: z.boolean().default(false),
  /** What the first finding says is broken; null when nothing is, or before the first diagnosis. */
  fault: FaultClass.nullable().default(null),
  /** Family of the browser, from the user agent. */
  browser: z.string().nullable().default(null),
  /** Weighted sum of its moments of frustration, and how many there were of each kind. */
  frustrationScore: z.number().int().nonnegative().default(0),
  frustrationKinds: z.record(z.string(), z.number().int().positive()).default({}),
  /** How much happened in each of `ACTIVITY_BUCKETS` equal parts of its length; empty when nothing is known. */
  activity: z.array(z.number().int().nonnegative()).max(ACTIVITY_BUCKETS).default([]),
});
export type SessionRow = z.infer<typeof SessionRow>;

/** One immutable piece of a recording: a JSON array of rrweb events, gzip or plain (its first byte tells), contiguous in (generation, seq). */
export const ChunkInfo = z.object({
  index: z.number().int().nonnegative(),
  window: z.string(),
  generation: z.string(),
  firstSeq: z.number().int().nonnegative(),
  count: z.number().int().positive(),
  fromAt: z.number(),
  toAt: z.number(),
  bytes: z.number().int().positive(),
  sha256: z.string(),
});
export type ChunkInfo = z.infer<typeof ChunkInfo>;
