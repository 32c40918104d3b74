import type { SessionKey } from '../../../shared/model/identity.ts';
import type { Analyst, EvidenceInput } from '../analyst/analyst-api.ts';
import type { JobContext } from '../jobs/jobs.ts';
import type { Derivation } from '../library/derivation.ts';
import type { Store } from '../store/store-api.ts';
import type { Remote } from '../threads/worker-client.ts';

/** Writes sessions into one evidence file. @returns a closing message. @throws AppError. */
export async function exportSessions(
  input: {
    readonly keys: readonly SessionKey[];
    readonly path: string;
    readonly writingId: number;
    readonly at: number;
  },
  deps: {
    readonly store: Remote<Store>;
    readonly analyst: Remote<Analyst>;
    readonly derivation: Derivation;
    readonly job: JobContext;
  },
): Promise<string> {
  const { store, analyst, job } = deps;
  const cancel = (): void => {
    analyst.cancelEvidence({ id: input.writingId }).catch(() => undefined); // it ended by itself, with its thread
  };
  job.signal.addEventListener('abort', cancel, { once: true });
  try {
    const sessions: EvidenceInput[] = [];
    for (const key of new Set(input.keys)) {
      job.signal.throwIfAborted();
      await deps.derivation.ensure(key);
      const [session, layout, signals, diagnosis, marks] = await Promise.all([
        store.get({ key }),
        store.layout({ key }),
        store.signals({ key }),
        store.diagnosis({ key }),
        store.marks({ key }),
      ]);
      sessions.push({ session, layout, signals, diagnosis, marks });
      job.addSession(key);
      job.progress(sessions.length, input.keys.length);
    }
    job.signal.throwIfAborted();
    const { path, writingId: id, at: createdAt } = input;
    const { bytes } = await analyst.writeEvidence({ id, path, createdAt, sessions });
    return `${sessions.length} ${sessions.length === 1 ? 'session' : 'sessions'} written to ${path} (${bytes} bytes).`;
  } finally {
    job.signal.removeEventListener('abort', cancel);
  }
}
