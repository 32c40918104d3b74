import type { ServerInfo } from '../../../shared/ipc/engine-calls.ts';
import { AppError } from '../../../shared/lib/app-error.ts';
import type { SessionKey } from '../../../shared/model/identity.ts';
import { withRetry } from '../server-client/retry.ts';
import type { Store } from '../store/store-api.ts';
import type { Remote } from '../threads/worker-client.ts';
import { type PageDeps, takePage } from './take-page.ts';

/** Changes asked for at once: some 16 MB of chunks between two commits, each of which syncs every file it touched. */
const PAGE_CHANGES = 250;

/** How often a page may turn out to be older than an erasure before something else must be wrong. */
const STALE_PAGES = 5;

/** What a sync works with. */
export interface SyncDeps extends PageDeps {
  readonly store: Remote<Store>;
  /** Changes done and in all. */
  readonly progress: (done: number, total: number) => void;
  /** A page was applied: these sessions have new events, those are gone, and so many of them were here. */
  readonly applied: (touched: readonly SessionKey[], gone: readonly SessionKey[], erased: number) => void;
}

/**
 * Brings the local library up to the server's head, page by page. What was applied stays, whatever comes after it; chunks
 * that are here already are not fetched again, not even when the server's history is another one.
 * @returns how many chunks were fetched.
 * @throws AppError.
 */
export async function syncServer(server: ServerInfo, deps: SyncDeps): Promise<{ chunks: number; restarted: boolean }> {
  let { history, cursor } = await deps.store.history({ id: server.id });
  let first = cursor;
  let restarted = false;
  let chunks = 0;
  let stale = 0;
  for (;;) {
    const query = { after: cursor, limit: PAGE_CHANGES };
    const page = await withRetry(() => deps.client.ask('changes', { query }, deps.signal), deps.signal, deps.retry);
    if (cursor > 0 && (page.history !== history || page.head < cursor)) {
      // Another server behind the address, or the same one restored from a backup: the cursor means nothing there.
      if (restarted)
        throw new AppError('conflict', 'The server changes its history while we read it. Try again later.');
      restarted = true;
      cursor = 0;
      first = 0;
      history = page.history;
      continue;
    }
    if (page.changes.length > 0 && page.next <= cursor)
      throw new AppError('unsupported', `${server.url} repeats change ${page.next} for ever. Ask whoever runs it.`);
    try {
      const { fetched, touched, gone, erased } = await takePage(server, page, deps, {
        progress: (count) => deps.progress(cursor - first + count, page.head - first),
      });
      deps.applied(touched, gone, erased);
      chunks += fetched;
      stale = 0;
    } catch (error) {
      // A chunk that is gone was erased since the page was read: the next reading has its tombstone instead.
      if (!(error instanceof AppError && error.code === 'not-found') || ++stale > STALE_PAGES) throw error;
      continue;
    }
    cursor = page.next;
    history = page.history;
    deps.progress(cursor - first, page.head - first);
    if (page.changes.length === 0 || cursor >= page.head) return { chunks, restarted };
  }
}
