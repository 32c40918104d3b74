import { AppError, messageOf, sentence } from '../../../shared/lib/app-error.ts';
import { countText, manyText } from '../../../shared/lib/size-text.ts';
import type { SessionKey } from '../../../shared/model/identity.ts';
import type { JobContext } from '../jobs/jobs.ts';
import type { Derivation } from '../library/derivation.ts';
import type { Connections } from '../server-client/connections.ts';
import type { Patience } from '../server-client/retry.ts';
import type { Store } from '../store/store-api.ts';
import type { Remote } from '../threads/worker-client.ts';
import { syncServer } from './sync-server.ts';

/**
 * One sync as a job: pages, then facts and diagnosis of the sessions they touched.
 * @returns a closing message. @throws AppError; the reason is kept with the server.
 */
export async function runSync(
  id: string,
  deps: {
    readonly store: Remote<Store>;
    readonly connections: Connections;
    readonly clock: () => number;
    readonly patience: Patience;
    readonly derivation: Derivation;
    readonly job: JobContext;
    readonly changed: () => void;
    readonly arrived: (keys: readonly SessionKey[]) => void;
  },
): Promise<string> {
  const { store, job } = deps;
  const touched = new Set<SessionKey>();
  let erased = 0;
  let come: { readonly done: number; readonly total: number } | null = null;
  try {
    const { server, client } = await deps.connections.open(id);
    const { chunks, restarted } = await syncServer(server, {
      store,
      client,
      retry: deps.patience,
      clock: deps.clock,
      signal: job.signal,
      progress: (done, total) => {
        come = { done, total };
        job.progress(done, total);
      },
      applied: (keys, gone, wereHere) => {
        erased += wereHere;
        for (const key of keys) if (!touched.has(key)) job.addSession(key);
        for (const key of keys) touched.add(key);
        deps.arrived([...keys, ...gone]);
        deps.changed();
      },
    });
    const underived = await deriveAll(touched, deps);
    const again = restarted
      ? ' The server has a new history: everything was compared again, nothing here was removed.'
      : '';
    const gone = erased > 0 ? ` ${erased} erased by the server.` : '';
    return `${touched.size} ${touched.size === 1 ? 'session' : 'sessions'} updated, ${chunks} chunks fetched.${gone}${again}${underived}`;
  } catch (error) {
    const cancelled = job.signal.aborted;
    const failure = howFar(error, come);
    await store.noteServer({ id, lastError: cancelled ? null : failure.message });
    throw failure;
  } finally {
    deps.changed();
  }
}

/** The reason with how much came before it: that much is here and stays. */
function howFar(error: unknown, come: { readonly done: number; readonly total: number } | null): AppError {
  const code = error instanceof AppError ? error.code : 'internal';
  if (code === 'cancelled' || come === null || come.done === 0)
    return error instanceof AppError ? error : new AppError(code, messageOf(error), { cause: error });
  const here = `${countText(come.done)} of ${manyText(come.total, 'change')} came before that; the next sync goes on from there.`;
  return new AppError(code, `${sentence(messageOf(error))} ${here}`, { cause: error });
}

/** What comes without facts is here all the same. @returns what to say about it, or ''. */
async function deriveAll(
  keys: ReadonlySet<SessionKey>,
  { derivation, job }: { readonly derivation: Derivation; readonly job: JobContext },
): Promise<string> {
  const failures: string[] = [];
  for (const key of keys) {
    job.signal.throwIfAborted();
    await derivation.ensure(key).catch((error: unknown) => {
      if (!(error instanceof AppError && error.code === 'not-found')) failures.push(messageOf(error)); // else deleted
    });
  }
  if (failures.length === 0) return '';
  return ` The facts of ${manyText(failures.length, 'session')} could not be made: ${sentence(failures[0] ?? '')}`;
}
