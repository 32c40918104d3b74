import type { ServerInfo } from '../../../shared/ipc/engine-calls.ts';
import { AppError } from '../../../shared/lib/app-error.ts';
import { sizeText } from '../../../shared/lib/size-text.ts';
import type { SessionKey } from '../../../shared/model/identity.ts';
import { MAX_BATCH_BYTES } from '../../../shared/wire/batch.ts';
import type { ChangePage, ChunkChange } from '../../../shared/wire/change.ts';
import { RequestFailure } from '../server-client/request-failure.ts';
import { type RetryPolicy, withRetry } from '../server-client/retry.ts';
import type { ServerClient } from '../server-client/server-client.ts';
import type { OfferedChunk, PageName, Store } from '../store/store-api.ts';
import type { Remote } from '../threads/worker-client.ts';
import { downloadAll } from './download-pool.ts';
import { syncedSessionKey } from './session-key.ts';

/** What taking in pages of a server works with. */
export interface PageDeps {
  readonly store: Pick<Remote<Store>, 'beginPage' | 'stage' | 'commitPage'>;
  readonly client: ServerClient;
  /** Ms since epoch. */
  readonly clock: () => number;
  readonly signal: AbortSignal;
  readonly retry: RetryPolicy;
}

/** What a page changed here. */
export interface TakenPage {
  /** Chunks that had to be fetched. */
  readonly fetched: number;
  readonly touched: readonly SessionKey[];
  /** Sessions of the page that the server erased, and how many of them were here. */
  readonly gone: readonly SessionKey[];
  readonly erased: number;
}

/**
 * Fetches the chunks of a page that are not here yet and applies all of it at once.
 * @param part names a page that is not the next of the server's feed: it moves no cursor.
 * @param progress how many of its chunks are here.
 * @throws AppError; `not-found` when a chunk was erased since the page was read.
 */
export async function takePage(
  server: ServerInfo,
  page: ChangePage,
  deps: PageDeps,
  { part, progress = () => undefined }: { readonly part?: string; readonly progress?: (count: number) => void } = {},
): Promise<TakenPage> {
  const { store } = deps;
  const name: PageName = { server: server.id, ...(part === undefined ? {} : { part }) };
  const changes = page.changes.filter((change) => change.kind === 'chunk');
  const erased = page.changes.filter((change) => change.kind === 'erased').map(({ session }) => keyOf(server, session));
  const offers = changes.map((change) => offerOf(server, change));
  const { missing } = await store.beginPage({ ...name, chunks: offers });
  let fetched = 0;
  await downloadAll(missing, deps.clock, async (index) => {
    await fetchChunk(server, name, changes[index], index, deps);
    progress(offers.length - missing.length + ++fetched);
  });
  const synced = part === undefined ? { history: page.history, cursor: page.next } : null;
  return { fetched, gone: erased, ...(await store.commitPage({ ...name, erased, synced, at: deps.clock() })) };
}

/** A chunk whose bytes are not what was announced is fetched again, like one that did not arrive. */
const fetchChunk = (
  server: ServerInfo,
  name: PageName,
  change: ChunkChange | undefined,
  index: number,
  deps: PageDeps,
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
      await deps.store.stage({ ...name, index, body }).catch((error: unknown) => {
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
