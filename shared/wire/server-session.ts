import { z } from 'zod';
import { SessionId } from '../model/identity.ts';
import { Signal } from '../model/signal.ts';

/** What somebody sat at, as far as the user agent tells. */
export const Device = z.enum(['desktop', 'phone', 'tablet', 'bot', 'unknown']);
export type Device = z.infer<typeof Device>;

/** One session as the server knows it without anyone opening the recording. Times are ms since epoch. */
export const ServerSession = z.object({
  session: SessionId,
  startedAt: z.number(),
  durationMs: z.number().nonnegative(),
  /** Origin and path with ids replaced by `:id`, no query. */
  entryPage: z.string(),
  exitPage: z.string(),
  user: z.string().nullable(),
  /** Name and major version, as far as the user agent tells. */
  browser: z.string().nullable(),
  system: z.string().nullable(),
  device: Device,
  release: z.string().nullable(),
  events: z.number().int().nonnegative(),
  clicks: z.number().int().nonnegative(),
  errors: z.number().int().nonnegative(),
  failedRequests: z.number().int().nonnegative(),
  /** Recorded events that never arrived. */
  missing: z.number().int().nonnegative(),
  /** Upper estimate of how far the page's clock is behind the server's. */
  skewMs: z.number(),
  /** Where it began, by the server's geo file; older servers do not say. */
  country: z.string().nullable().default(null),
  region: z.string().nullable().default(null),
});
export type ServerSession = z.infer<typeof ServerSession>;

/** Answer of `GET /v1/sessions`: newest first. Ask on with `before=<next>`. */
export const ServerSessionPage = z.object({ sessions: z.array(ServerSession).max(500), next: z.string().nullable() });
export type ServerSessionPage = z.infer<typeof ServerSessionPage>;

/** Answer of `GET /v1/sessions/<id>`: the session with its facts. */
export const ServerSessionFacts = z.object({
  session: ServerSession,
  factsVersion: z.number().int(),
  facts: z.array(Signal),
  /** What of it could not be read. */
  deadLetters: z.array(z.object({ seq: z.number().int().nonnegative(), reason: z.string(), at: z.number() })),
});
export type ServerSessionFacts = z.infer<typeof ServerSessionFacts>;
