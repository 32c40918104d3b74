import { z } from 'zod';
import { SessionId } from '../model/identity.ts';
import { Device } from './server-session.ts';

/** Longest a reader may ask `GET /v1/changes` to wait for something new, in seconds. Shorter than what proxies cut off. */
export const MAX_WAIT_S = 25;

/** A session that sent something a moment ago. Times are ms since epoch by the server's clock. */
export const LiveSession = z.object({
  session: SessionId,
  firstAt: z.number(),
  lastAt: z.number(),
  /** Events that came since the server saw it first. */
  events: z.number().int().nonnegative(),
  /** What is derived of it so far: all null until that happened for the first time. Older servers say less. */
  user: z.string().nullable(),
  entryPage: z.string().nullable(),
  /** Where the person is now. */
  page: z.string().nullable().default(null),
  startedAt: z.number().nullable().default(null),
  device: Device.nullable().default(null),
  browser: z.string().nullable().default(null),
  system: z.string().nullable().default(null),
  errors: z.number().int().nonnegative().nullable().default(null),
  failedRequests: z.number().int().nonnegative().nullable().default(null),
});
export type LiveSession = z.infer<typeof LiveSession>;

/** Answer of `GET /v1/live`: who is online, the latest first. */
export const LiveList = z.object({ sessions: z.array(LiveSession), onlineMs: z.number(), now: z.number() });
export type LiveList = z.infer<typeof LiveList>;
