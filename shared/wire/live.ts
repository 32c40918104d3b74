import { z } from 'zod';
import { SessionId } from '../model/identity.ts';

/** Longest a reader may ask `GET /v1/changes` to wait for something new, in seconds. Shorter than what proxies cut off. */
export const MAX_WAIT_S = 25;

/** A session that sent something a moment ago. Times are ms since epoch by the server's clock. */
export const LiveSession = z.object({
  session: SessionId,
  firstAt: z.number(),
  lastAt: z.number(),
  /** Events that came since the server saw it first. */
  events: z.number().int().nonnegative(),
  /** Both null until the session is derived for the first time. */
  user: z.string().nullable(),
  entryPage: z.string().nullable(),
});
export type LiveSession = z.infer<typeof LiveSession>;

/** Answer of `GET /v1/live`: who is online, the latest first. */
export const LiveList = z.object({ sessions: z.array(LiveSession), onlineMs: z.number(), now: z.number() });
export type LiveList = z.infer<typeof LiveList>;
