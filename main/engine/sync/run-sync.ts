import { AppError, messageOf } from '../../../shared/lib/app-error.ts';
import type { SessionKey } from '../../../shared/model/identity.ts';
import type { JobContext } from '../jobs/jobs.ts';
import type { Derivation } from '../library/derivation.ts';
import type { Secrets } from '../secrets.ts';
import type { Store } from '../store/store-api.ts';
import type { Remote } from '../threads/worker-client.ts';
import { createServerClient } from './server-client.ts';
import { syncServer } from './sync-server.ts';

/** Name under which a server's token is kept. */
export const tokenName = (id: string): string => `server:${id}:token`;

/**
 * One sync as a job: pages, then facts and diagnosis of the sessions they touched.
 * @returns a closing message. @throws AppError; the reason is kept with the server.
 */
export async function runSync(
  id: string,
  deps: {
    readonly store: Remote<Store>;
    readonly secrets: Secrets;
    readonly fetch: typeof fetch;
    readonly clock: () => number;
    readonly derivation: Derivation;
    readonly job: JobContext;
    readonly changed: () => void;
  },
): Promise<string> {
  const { store, job } = deps;
  const touched = new Set<SessionKey>();
  let erased = 0;
  try {
    const server = (await store.servers()).find((one) => one.id === id);
    if (!server) throw new AppError('not-found', 'This server was removed. Add it again to sync from it.');
    const token = await deps.secrets.get(tokenName(id));
    if (token === null) throw new AppError('unauthorized', `The token of ${server.url} is gone. Add the server again.`);
    const { chunks, restarted } = await syncServer(server, {
      store,
      client: createServerClient({ fetch: deps.fetch, url: server.url, token }),
      clock: deps.clock,
      signal: job.signal,
      progress: job.progress,
      applied: (keys, gone) => {
        erased += gone;
        for (const key of keys) if (!touched.has(key)) job.addSession(key);
        for (const key of keys) touched.add(key);
        deps.changed();
      },
    });
    await deriveAll(touched, deps);
    const again = restarted
      ? ' The server has a new history: everything was compared again, nothing here was removed.'
      : '';
    const gone = erased > 0 ? ` ${erased} erased by the server.` : '';
    return `${touched.size} ${touched.size === 1 ? 'session' : 'sessions'} updated, ${chunks} chunks fetched.${gone}${again}`;
  } catch (error) {
    const cancelled = job.signal.aborted;
    await store.noteServer({ id, lastError: cancelled ? null : messageOf(error) });
    throw error;
  } finally {
    deps.changed();
  }
}

async function deriveAll(
  keys: ReadonlySet<SessionKey>,
  { derivation, job }: { readonly derivation: Derivation; readonly job: JobContext },
): Promise<void> {
  for (const key of keys) {
    job.signal.throwIfAborted();
    await derivation.ensure(key).catch((error: unknown) => {
      if (!(error instanceof AppError && error.code === 'not-found')) throw error; // deleted meanwhile
    });
  }
}
