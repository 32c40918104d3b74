/** When a session was seen, by our clock. */
export interface Seen {
  readonly session: string;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly events: number;
}

/** Who sent something a moment ago. Kept in memory alone: after a restart it fills again within seconds. */
export interface Presence {
  note(project: string, session: string, events: number): void;
  /** An erased session is not online, whatever its page goes on doing. */
  forget(project: string, sessions: readonly string[]): void;
  /** The latest first. */
  online(project: string): Seen[];
}

/** A page in use sends every few seconds; after half a minute of silence nobody is there, or nothing happens. */
export const ONLINE_MS = 30_000;
/** Of all projects. Above this those that are silent longest are forgotten. */
const MAX_SESSIONS = 50_000;

/** @param clock ms since epoch. */
export function createPresence(clock: () => number): Presence {
  // In the order of the last batch: each one moves its session to the end.
  const seen = new Map<string, Seen & { readonly project: string }>();
  const keyOf = (project: string, session: string): string => `${project} ${session}`;

  function prune(): void {
    const since = clock() - ONLINE_MS;
    for (const [key, { lastAt }] of seen) {
      if (lastAt >= since && seen.size <= MAX_SESSIONS) return;
      seen.delete(key);
    }
  }

  return {
    note(project, session, events) {
      const key = keyOf(project, session);
      const now = clock();
      const before = seen.get(key);
      seen.delete(key);
      seen.set(key, {
        project,
        session,
        firstAt: before?.firstAt ?? now,
        lastAt: now,
        events: (before?.events ?? 0) + events,
      });
      prune();
    },
    forget(project, sessions) {
      for (const session of sessions) seen.delete(keyOf(project, session));
    },
    online(project) {
      prune();
      return [...seen.values()]
        .filter((one) => one.project === project)
        .reverse()
        .map(({ session, firstAt, lastAt, events }) => ({ session, firstAt, lastAt, events }));
    },
  };
}
