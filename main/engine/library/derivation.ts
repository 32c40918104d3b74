import { AppError } from '../../../shared/lib/app-error.ts';
import type { SessionKey } from '../../../shared/model/identity.ts';
import type { Analyst } from '../analyst/analyst-api.ts';
import type { DerivedVersions, Store } from '../store/store-api.ts';
import type { Remote } from '../threads/worker-client.ts';

/** Makes facts and diagnosis of sessions, each once however many ask for it. */
export interface Derivation {
  /** Resolves when the session's derived data is of today's versions. @throws AppError. */
  ensure(key: SessionKey): Promise<void>;
  /** Does the same for all sessions that need it, one after another, until there are none or `signal` says stop. */
  catchUp(signal: AbortSignal): Promise<void>;
}

/** Sessions asked for at once when catching up. */
const BATCH = 50;

/** @param deps.derived is told after each session. */
export function createDerivation(deps: {
  readonly store: Remote<Store>;
  readonly analyst: Remote<Analyst>;
  readonly versions: DerivedVersions;
  readonly derived: () => void;
  readonly log: (line: string) => void;
}): Derivation {
  const running = new Map<SessionKey, Promise<void>>();

  async function derive(key: SessionKey): Promise<void> {
    // A sync may bring more of the session while it is being looked at: then it is looked at again.
    while (!(await deps.store.isDerived({ key, ...deps.versions }))) {
      const layout = await deps.store.layout({ key });
      const saved = await deps.store.saveDerived(await deps.analyst.derive({ key, layout }));
      if (saved) deps.derived();
    }
  }

  function ensure(key: SessionKey): Promise<void> {
    const known = running.get(key);
    if (known) return known;
    const work = derive(key).finally(() => running.delete(key));
    running.set(key, work);
    return work;
  }

  async function catchUp(signal: AbortSignal): Promise<void> {
    const failed = new Set<SessionKey>();
    for (;;) {
      const keys = await deps.store.stale({ ...deps.versions, limit: BATCH + failed.size });
      const next = keys.filter((key) => !failed.has(key));
      if (next.length === 0) return;
      for (const key of next) {
        if (signal.aborted) return;
        await ensure(key).catch((error: unknown) => {
          failed.add(key);
          if (error instanceof AppError && error.code === 'not-found') return; // deleted meanwhile
          deps.log(`session ${key} could not be diagnosed: ${String(error)}`);
        });
      }
    }
  }

  return { ensure, catchUp };
}
