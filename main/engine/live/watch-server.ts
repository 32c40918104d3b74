import { setTimeout as pause } from 'node:timers/promises';
import type { LiveVisitor } from '../../../shared/ipc/live-calls.ts';
import { AppError, messageOf } from '../../../shared/lib/app-error.ts';
import type { Connections } from '../server-client/connections.ts';
import { RequestFailure } from '../server-client/request-failure.ts';
import { backoffMs, type RetryPolicy } from '../server-client/retry.ts';
import { syncedSessionKey } from '../sync/session-key.ts';

/** What is known of a server that is watched. */
export type Watched =
  | { readonly state: 'online'; readonly visitors: readonly LiveVisitor[] }
  | { readonly state: 'offline'; readonly reason: string };

/** How long one request waits for news, s: a visitor that went is off the list by then. */
const WAIT_S = 10;
/** The same just after news: what the server derives of a batch comes a second after it. */
const SOON_S = 2;
/** A busy server is not asked more often than this, ms. */
const QUIET_MS = 1000;

/** Asks a server who is online whenever something comes in, until `signal` says stop. A server that cannot be asked is asked again. */
export async function watchServer(
  id: string,
  deps: {
    readonly connections: Connections;
    readonly clock: () => number;
    readonly signal: AbortSignal;
    readonly retry: RetryPolicy;
    readonly tell: (watched: Watched) => void;
  },
): Promise<void> {
  const { signal } = deps;
  let attempt = 0;
  while (!signal.aborted) {
    try {
      await watch(id, { ...deps, worked: () => (attempt = 0) });
    } catch (error) {
      if (signal.aborted) return;
      attempt += 1;
      const reason = error instanceof RequestFailure ? error.reason : error;
      deps.tell({ state: 'offline', reason: messageOf(reason) });
      // A token that is refused stays refused; asking once in a while finds out that it was renewed.
      const refused = reason instanceof AppError && reason.code !== 'offline';
      const waitMs = refused ? deps.retry.maxMs : backoffMs(deps.retry, attempt, Math.random(), null);
      await pause(waitMs, undefined, { signal }).catch(() => undefined); // aborted: the loop ends
    }
  }
}

async function watch(
  id: string,
  {
    connections,
    clock,
    signal,
    tell,
    worked,
  }: {
    readonly connections: Connections;
    readonly clock: () => number;
    readonly signal: AbortSignal;
    readonly tell: (watched: Watched) => void;
    readonly worked: () => void;
  },
): Promise<void> {
  const { server, client } = await connections.open(id);
  const source = `server:${id}`;
  let after = (await client.ask('project', {}, signal)).head;
  let wait = SOON_S;
  while (!signal.aborted) {
    const { sessions, now } = await client.ask('live', {}, signal);
    const aheadMs = clock() - now;
    const here = (at: number): number => at + aheadMs;
    const visitors = sessions.map((one) => ({
      ...one,
      key: syncedSessionKey(source, server.project, one.session),
      firstAt: here(one.firstAt),
      lastAt: here(one.lastAt),
    }));
    worked();
    tell({ state: 'online', visitors });
    // Only whether there is something new is wanted, not what it is.
    const news = await client.ask('changes', { query: { after, limit: 1, wait } }, signal, wait * 1000);
    wait = news.changes.length > 0 ? SOON_S : WAIT_S;
    after = news.head;
    await pause(QUIET_MS, undefined, { signal }); // also when there is none: a server that stops answers at once
  }
}
