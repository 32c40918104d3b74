import { z } from 'zod';

/** Ids made by SDKs: url-safe and bounded, because they end up in file names, URLs and logs. */
export const ID_PATTERN = /^[A-Za-z0-9_-]{1,64}$/;
const id = z.string().regex(ID_PATTERN);

export const ProjectId = id.brand<'ProjectId'>();
export type ProjectId = z.infer<typeof ProjectId>;

/** One visit of one person, over all its tabs. */
export const SessionId = id.brand<'SessionId'>();
export type SessionId = z.infer<typeof SessionId>;

/** One browser tab of a session. */
export const WindowId = id.brand<'WindowId'>();
export type WindowId = z.infer<typeof WindowId>;

/** One page load in a window: a fresh random id each time, so that reloads and duplicated tabs never collide. */
export const GenerationId = id.brand<'GenerationId'>();
export type GenerationId = z.infer<typeof GenerationId>;

/** Names one session of one source in the local store: 32 lower-case hex digits (a hash of source, project and session id). */
export const SessionKey = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .brand<'SessionKey'>();
export type SessionKey = z.infer<typeof SessionKey>;

/** Names one recorded event inside a session: `seq` counts from 0 within its generation. */
export const EventRef = z.object({ generation: GenerationId, seq: z.number().int().nonnegative() });
export type EventRef = z.infer<typeof EventRef>;

/**
 * Whether a window is no tab but a backend that worked for the session. Its id says so, so that whoever must not take its
 * clock for the page's need not look into the events.
 */
export const isBackendWindow = (window: string): boolean => window.startsWith('backend_');
