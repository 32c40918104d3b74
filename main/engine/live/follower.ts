import { setTimeout as pause } from 'node:timers/promises';
import type { Following } from '../../../shared/ipc/live-calls.ts';
import { AppError, messageOf } from '../../../shared/lib/app-error.ts';
import { SessionId, type SessionKey } from '../../../shared/model/identity.ts';
import type { Connections } from '../server-client/connections.ts';
import type { Patience } from '../server-client/retry.ts';
import type { Store } from '../store/store-api.ts';
import { syncedSessionKey } from '../sync/session-key.ts';
import type { Remote } from '../threads/worker-client.ts';
import { followSession } from './follow-session.ts';

/** Sessions that are followed while somebody looks at them, each once however many look. */
export interface Follower {
  /** @returns the key, once the first part of the session is in the library. @throws AppError. */
  open(server: string, session: SessionId, signal: AbortSignal): Promise<SessionKey>;
  /** Follows until it ends or is cancelled. @returns false when the session is not running. */
  follow(key: SessionKey, signal: AbortSignal): Promise<boolean>;
  state(key: SessionKey): Following;
  /** Ends what is followed on a server. */
  leave(server: string, why: string): void;
  /** Lets go of all. */
  close(): Promise<void>;
}

/** What ended longer ago than this cannot be running any more, ms: its server need not be asked. */
const RECENT_MS = 60 * 60_000;
/** Between opening a session and looking at it, a window draws its tab, ms. */
const LINGER_MS = 5000;
/** A failure is said soon, and tried again all the same. */
const ATTEMPTS = 2;
/** Wait before a server that failed for good is tried again, ms. */
const AGAIN_MS = 5000;

interface Followed {
  readonly server: string;
  holders: number;
  state: Following;
  readonly controller: AbortController;
  readonly first: Promise<void>;
  readonly ended: Promise<void>;
}

const DELETED = 'You deleted this session from this computer, and so it stays away. Its next visit can be followed.';

const OFF: Following = { state: 'off', reason: null };

/**
 * @param deps.applied more of a session is here.
 * @param deps.changed a state is another one.
 */
export function createFollower(deps: {
  readonly store: Pick<Remote<Store>, 'get' | 'beginPage' | 'stage' | 'commitPage'>;
  readonly connections: Connections;
  readonly clock: () => number;
  readonly patience: Patience;
  readonly applied: (keys: readonly SessionKey[]) => void;
  readonly changed: () => void;
}): Follower {
  const { connections, store, clock } = deps;
  const followed = new Map<SessionKey, Followed>();

  function start(serverId: string, session: SessionId): Followed {
    const controller = new AbortController();
    const { signal } = controller;
    let arrived = (): void => undefined;
    let missed = (_: Error): void => undefined;
    const first = new Promise<void>((resolve, reject) => {
      arrived = resolve;
      missed = reject;
    });
    first.catch(() => undefined); // heard by whoever opened it; nobody did when it was followed from its tab
    const tell = (state: Following): void => {
      if (one.state.state === state.state && one.state.reason === state.reason) return;
      one.state = state;
      deps.changed();
    };
    const applied = (keys: readonly SessionKey[]): void => {
      tell({ state: 'following', reason: null });
      deps.applied(keys);
      arrived();
    };
    const caughtUp = (): void => {
      tell({ state: 'following', reason: null });
      missed(new AppError('not-found', 'The server has nothing of this session yet. Try again in a moment.'));
    };
    const run = async (): Promise<void> => {
      while (!signal.aborted) {
        try {
          const connection = await connections.open(serverId);
          const given = { store, clock, signal, retry: { ...deps.patience, attempts: ATTEMPTS }, applied, caughtUp };
          tell({ state: 'ended', reason: await followSession(connection, session, given) });
          return;
        } catch (error) {
          if (signal.aborted) return;
          const reason = error instanceof AppError ? error : new AppError('internal', messageOf(error));
          missed(reason);
          if (reason.code !== 'offline') return tell({ state: 'ended', reason: reason.message });
          tell({ state: 'offline', reason: reason.message });
          await pause(AGAIN_MS, undefined, { signal }).catch(() => undefined); // aborted: the loop ends
        }
      }
    };
    const one: Followed = {
      server: serverId,
      holders: 0,
      state: OFF,
      controller,
      first,
      ended: Promise.resolve().then(run),
    };
    return one;
  }

  /** Keeps it going until the returned function was called by everyone who has one, and a moment longer. */
  function hold(key: SessionKey, one: Followed): () => void {
    one.holders += 1;
    return () => {
      const timer = setTimeout(() => {
        one.holders -= 1;
        if (one.holders === 0) letGo(key, one);
      }, LINGER_MS);
      timer.unref();
    };
  }

  function letGo(key: SessionKey, one: Followed): void {
    one.controller.abort();
    if (followed.get(key) === one) followed.delete(key);
    deps.changed();
  }

  function followedBy(key: SessionKey, serverId: string, session: SessionId): Followed {
    const known = followed.get(key);
    if (known && known.state.state !== 'ended') return known;
    const one = start(serverId, session);
    followed.set(key, one);
    return one;
  }

  /** Where a session comes from, when it may be running; asks its server only when it ended a moment ago. */
  async function running(key: SessionKey, signal: AbortSignal): Promise<{ server: string; session: SessionId } | null> {
    const row = await store.get({ key });
    const server = /^server:(.+)$/.exec(row.source)?.[1];
    const session = SessionId.safeParse(row.sessionId).data;
    if (!server || !session || clock() - row.startedAt - row.durationMs > RECENT_MS) return null;
    return connections.once(server, async ({ server: { paused }, client }) => {
      if (paused) return null;
      const { sessions } = await client.ask('live', {}, signal);
      return sessions.some((one) => one.session === session) ? { server, session } : null;
    });
  }

  return {
    open: async (serverId, session, signal) => {
      const { server } = await connections.open(serverId);
      const key = syncedSessionKey(`server:${server.id}`, server.project, session);
      const one = followedBy(key, serverId, session);
      const release = hold(key, one);
      try {
        await Promise.race([one.first, aborted(signal)]);
        await store.get({ key }).catch((error: unknown) => {
          throw error instanceof AppError && error.code === 'not-found'
            ? new AppError('not-found', DELETED, { cause: error })
            : error;
        });
        return key;
      } finally {
        release();
      }
    },
    follow: async (key, signal) => {
      const known = followed.get(key);
      const where = known && known.state.state !== 'ended' ? null : await running(key, signal);
      const one = where ? followedBy(key, where.server, where.session) : known;
      if (!one || one.state.state === 'ended') return false;
      const release = hold(key, one);
      try {
        await Promise.race([one.ended, aborted(signal)]);
      } finally {
        release();
      }
      return true;
    },
    state: (key) => followed.get(key)?.state ?? OFF,
    leave: (server, why) => {
      for (const one of followed.values()) {
        if (one.server !== server) continue;
        one.controller.abort();
        one.state = { state: 'ended', reason: why };
      }
      deps.changed();
    },
    close: async () => {
      const ending = [...followed.values()].map(({ ended }) => ended);
      for (const [key, one] of followed) letGo(key, one);
      await Promise.all(ending);
    },
  };
}

/** Rejects when the asker does not want it any more. */
const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const cancel = (): void => reject(new AppError('cancelled', 'Cancelled.'));
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true });
  });
