import { z } from 'zod';
import { SessionId } from '../model/identity.ts';

/** Whose data it is about: one session, or all sessions of a person by the id or name the page gave. */
export const Subject = z.union([
  z.strictObject({ session: SessionId }),
  z.strictObject({
    user: z.string().min(1).max(20_000),
    /** Erase sessions that could not be read, too: whose they are is not known. */
    withUnreadable: z.boolean().optional(),
  }),
]);
export type Subject = z.infer<typeof Subject>;

/** Answer of `POST /v1/erasures`, given when nothing of the sessions is left in the server's folder. */
export const ErasureReport = z.object({
  erased: z.array(SessionId),
  /** Under a hold, and so kept. */
  held: z.array(SessionId),
  /** Could not be read, so that whose they are is not known; kept, unless it was asked for them too. */
  unreadable: z.array(SessionId),
});
export type ErasureReport = z.infer<typeof ErasureReport>;

/** Body of `POST /v1/holds`. */
export const HoldChange = z.object({ session: SessionId, isOn: z.boolean() });
export type HoldChange = z.infer<typeof HoldChange>;

/** Answer of `GET /v1/holds`. */
export const HoldList = z.object({ sessions: z.array(SessionId) });
export type HoldList = z.infer<typeof HoldList>;

/** Body of `POST /v1/retention`, and answer of `GET /v1/retention`: how long sessions are kept; null for ever. */
export const Retention = z.object({ days: z.number().int().min(1).max(36_500).nullable() });
export type Retention = z.infer<typeof Retention>;
