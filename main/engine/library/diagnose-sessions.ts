import { AppError, messageOf } from '../../../shared/lib/app-error.ts';
import type { SessionKey } from '../../../shared/model/identity.ts';
import type { JobContext } from '../jobs/jobs.ts';
import type { Store } from '../store/store-api.ts';
import type { Remote } from '../threads/worker-client.ts';
import type { Derivation } from './derivation.ts';

/** Makes facts and diagnosis of sessions again. @returns a closing message. @throws AppError naming what could not be diagnosed. */
export async function diagnoseSessions(
  keys: readonly SessionKey[],
  deps: { readonly store: Remote<Store>; readonly derivation: Derivation; readonly job: JobContext },
): Promise<string> {
  const { store, job } = deps;
  const failures: string[] = [];
  let faults = 0;
  for (const [index, key] of keys.entries()) {
    if (job.signal.aborted) throw new AppError('cancelled', 'The diagnosis was cancelled.');
    try {
      await store.markStale({ key });
      await deps.derivation.ensure(key);
      if ((await store.diagnosis({ key })).outcome === 'fault-found') faults++;
      job.addSession(key);
    } catch (error) {
      failures.push(messageOf(error));
    }
    job.progress(index + 1, keys.length);
  }
  const done = keys.length - failures.length;
  const message = `${done} ${done === 1 ? 'session' : 'sessions'} diagnosed, ${faults} with a fault.`;
  if (failures.length === 0) return message;
  throw new AppError('internal', `${message} ${failures.length} could not be diagnosed: ${failures[0]}`);
}
