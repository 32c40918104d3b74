import { z } from 'zod';
import { SessionId, SessionKey } from '../model/identity.ts';
import { LiveSession } from '../wire/live.ts';
import { read, write } from './call.ts';

/** Somebody who is online. Times are ms since epoch by this computer's clock. */
export const LiveVisitor = LiveSession.extend({
  /** Names the session in the local library, whether it is there or not. */
  key: SessionKey,
});
export type LiveVisitor = z.infer<typeof LiveVisitor>;

/** Who is online on one server. */
export const LiveServer = z.object({
  id: z.string(),
  name: z.string(),
  projectName: z.string(),
  /** `connecting`: not asked yet; `offline`: it could not be asked, and is asked again by itself. */
  state: z.enum(['connecting', 'online', 'offline', 'paused']),
  /** Why it is offline, in words. */
  reason: z.string().nullable(),
  /** The latest first. */
  visitors: z.array(LiveVisitor),
});
export type LiveServer = z.infer<typeof LiveServer>;

/** How following one session stands. `ended`: it was silent for minutes, was erased, or its server does not give it any more. */
export const Following = z.object({
  state: z.enum(['off', 'following', 'offline', 'ended']),
  /** Why it is offline or ended, in words. */
  reason: z.string().nullable(),
});
export type Following = z.infer<typeof Following>;

const key = z.object({ key: SessionKey });

/** Calls about sessions that are running now. */
export const liveCalls = {
  /** Every server with who is online there, as far as it is being watched. */
  'live.list': read(z.void(), z.array(LiveServer)),
  /** Watches all servers that are not paused until it is cancelled; what changes is announced as `live`. */
  'live.watch': read(z.void(), z.void()),
  /** Fetches a running session ahead of everything else; answers when its first part is in the library. */
  'live.open': write(z.object({ server: z.string(), session: SessionId }), key),
  /** Follows a session, if it is running, until it is cancelled or ends. */
  'live.follow': read(key, z.object({ followed: z.boolean() })),
  'live.session': read(key, Following),
} as const;
