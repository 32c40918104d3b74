import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../../shared/lib/app-error.ts';
import type { SessionId, SessionKey } from '../../../shared/model/identity.ts';
import { MAX_WAIT_S } from '../../../shared/wire/live.ts';
import type { Connection } from '../server-client/connections.ts';
import { withRetry } from '../server-client/retry.ts';
import { type PageDeps, takePage } from '../sync/take-page.ts';

/** Changes between two commits: little, so that the first of a long session can soon be seen. */
const PAGE_CHANGES = 50;

/** A page that is only read sends nothing; after this long somebody has gone, ms. */
export const SILENT_MS = 5 * 60_000;

/** Nobody has waited who is answered sooner without a change, ms. */
const HASTY_MS = 1000;

const cancelled = (): never => {
  throw new AppError('cancelled', 'Cancelled.');
};

/** How it went on. */
export interface FollowDeps extends Omit<PageDeps, 'client'> {
  /** More of the session is in the library. */
  readonly applied: (keys: readonly SessionKey[]) => void;
  /** All that the server has is here; from now on it is waited for more. */
  readonly caughtUp: () => void;
}

/**
 * Fetches one session, then each of its batches as soon as the server has it. Nothing else of the server's feed is read, and its cursor
 * stays: a later sync finds these chunks here.
 * @returns why it ended, in words. @throws AppError, `cancelled` when `signal` said so.
 */
export async function followSession(
  { server, client }: Connection,
  session: SessionId,
  deps: FollowDeps,
): Promise<string> {
  const { signal, retry, clock } = deps;
  let cursor = 0;
  let history: string | null = null;
  let wait = 0;
  let lastAt = clock();
  for (;;) {
    const askedAt = performance.now();
    const query = { after: cursor, limit: PAGE_CHANGES, session, wait };
    const page = await withRetry(() => client.ask('changes', { query }, signal, wait * 1000), signal, retry);
    if (page.history !== (history ?? page.history)) {
      // What is here is not fetched again.
      cursor = 0;
      wait = 0;
      history = page.history;
      continue;
    }
    history = page.history;
    if (page.changes.length === 0) {
      if (wait === 0) deps.caughtUp();
      if (clock() - lastAt > SILENT_MS) return 'Nothing came of it for five minutes.';
      // A server that stops answers those who wait at once.
      if (wait > 0 && performance.now() - askedAt < HASTY_MS)
        await pause(HASTY_MS, undefined, { signal }).catch(cancelled);
      wait = MAX_WAIT_S;
      continue;
    }
    lastAt = clock();
    try {
      const { touched, gone } = await takePage(server, page, { ...deps, client }, { part: session });
      deps.applied([...touched, ...gone]);
    } catch (error) {
      // A chunk that is gone was erased since the page was read: the next reading has its tombstone instead.
      if (!(error instanceof AppError && error.code === 'not-found')) throw error;
      wait = 0;
      cursor = 0;
      continue;
    }
    cursor = page.next;
    if (page.changes.some(({ kind }) => kind === 'erased')) return 'It was erased on the server.';
  }
}
