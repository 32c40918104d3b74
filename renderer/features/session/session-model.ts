import { createContext, use, useSyncExternalStore } from 'react';
import type { SessionKey } from '../../../shared/model/identity.ts';
import type { Player } from './player.ts';
import type { TimelineModel, TimelineState } from './timeline/timeline-model.ts';

/** What the parts of one session's view share: the playhead and the scale. Data comes from the call cache. */
export interface SessionModel {
  readonly key: SessionKey;
  /** Ms since epoch: the zero of every `atMs`. */
  readonly startedAt: number;
  readonly player: Player;
  readonly timeline: TimelineModel;
}

const SessionContext = createContext<SessionModel | null>(null);

/** Makes a session available to its panes. */
export const SessionProvider = SessionContext.Provider;

/** The session this is part of. @throws outside of `SessionProvider`, which is a mistake in the code. */
export function useSession(): SessionModel {
  const session = use(SessionContext);
  if (!session) throw new Error('useSession needs a SessionProvider above it.');
  return session;
}

/** One part of the timeline's state; select stored objects or primitives. */
export const useTimeline = <T>(timeline: TimelineModel, selector: (state: TimelineState) => T): T =>
  useSyncExternalStore(timeline.subscribe, () => selector(timeline.get()));
