import type { ServerInfo } from '../../../shared/ipc/engine-calls.ts';
import { AppError } from '../../../shared/lib/app-error.ts';
import { sizeText } from '../../../shared/lib/size-text.ts';
import type { SessionKey } from '../../../shared/model/identity.ts';
import { MAX_BATCH_BYTES } from '../../../shared/wire/batch.ts';
import type { ChangePage, ChunkChange } from '../../../shared/wire/change.ts';
import { RequestFailure } from '../server-client/request-failure.ts';
import { type RetryPolicy, withRetry } from '../server-client/retry.ts';
import type { ServerClient } from '../server-client/server-client.ts';
import type { OfferedChunk, Store } from '../store/store-api.ts';
import type { Remote } from '../threads/worker-client.ts';
import { downloadAll } from './download-pool.ts';
import { syncedSessionKey } from './session-key.ts';

/** Changes asked for at once: some 16 MB of chunks between two commits, each of which syncs every file it touched. */
const PAGE_CHANGES = 250;

/** How often a page may turn out to be older than an erasure before something else must be wrong. */
const STALE_PAGES = 5;

/** What a sync works with. */
export interface SyncDeps {
  readonly store: Remote<Store>;
  readonly client: ServerClient;
  readonly clock: () => number;
  readonly signal: AbortSignal;
  readonly retry: RetryPolicy;
  /** Changes done and in all. */
  readonly progress: (done: number, total: number) => void;
  /** A page was applied: these sessions have new events, and so many were erased. */
  readonly applied: (touched: readonly SessionKey[], erased: number) => void;
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
      chunks += await takePage(server, page, deps, (count) => deps.progress(cursor - first + count, page.head - first));
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

async function takePage(
  server: ServerInfo,
  page: ChangePage,
  deps: SyncDeps,
  progress: (count: number) => void,
): Promise<number> {
  const { store } = deps;
  const changes = page.changes.filter((change) => change.kind === 'chunk');
  const erased = page.changes.filter((change) => change.kind === 'erased').map(({ session }) => keyOf(server, session));
  const offers = changes.map((change) => offerOf(server, change));
  const { missing } = await store.beginPage({ server: server.id, chunks: offers });
  let fetched = 0;
  await downloadAll(missing, deps.clock, async (index) => {
    await fetchChunk(server, changes[index], index, deps);
    progress(offers.length - missing.length + ++fetched);
  });
  const { touched, erased: gone } = await store.commitPage({
    server: server.id,
    erased,
    history: page.history,
    cursor: page.next,
    at: deps.clock(),
  });
  deps.applied(touched, gone);
  return fetched;
}

/** A chunk whose bytes are not what was announced is fetched again, like one that did not arrive. */
const fetchChunk = (
  server: ServerInfo,
  change: ChunkChange | undefined,
  index: number,
  deps: SyncDeps,
): Promise<void> =>
  withRetry(
    async () => {
      if (!change) throw new AppError('internal', `There is no change ${index} in this page.`);
      if (change.bytes > MAX_BATCH_BYTES)
        throw new AppError(
          'too-large',
          `${server.url} offers ${sizeText(change.bytes)} as one chunk, more than any may have.`,
        );
      const body = await deps.client.chunk(change.seq, change.bytes, deps.signal);
      await deps.store.stage({ server: server.id, index, body }).catch((error: unknown) => {
        if (!(error instanceof AppError && error.code === 'damaged')) throw error;
        const what = `${server.url} sends other bytes for chunk ${change.seq} than it announced. Try again; if that stays, its store is damaged.`;
        throw new RequestFailure(new AppError('damaged', what, { cause: error }), { retryable: true });
      });
    },
    deps.signal,
    deps.retry,
  );

const keyOf = (server: ServerInfo, session: string): SessionKey =>
  syncedSessionKey(`server:${server.id}`, server.project, session);

const offerOf = (server: ServerInfo, change: ChunkChange): OfferedChunk => ({
  key: keyOf(server, change.session),
  sessionId: change.session,
  window: change.window,
  generation: change.generation,
  firstSeq: change.firstSeq,
  count: change.count,
  fromAt: change.fromAt,
  toAt: change.toAt,
  skewMs: change.skewMs,
  bytes: change.bytes,
  sha256: change.sha256,
});
