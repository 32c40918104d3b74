import { AppError, messageOf } from '../../../shared/lib/app-error.ts';
import type { SessionKey } from '../../../shared/model/identity.ts';
import type { Derivation } from '../library/derivation.ts';

/** A session that grows all the time is derived at most so often, ms, and takes at most a tenth of the analysis thread. */
const LEAST_MS = 500;
const TIMES_TOOK = 9;

/** Keeps facts and diagnosis of growing sessions fresh, without making them anew for each batch. */
export interface DerivedRefresh {
  grown(keys: readonly SessionKey[]): void;
  close(): void;
}

export function createDerivedRefresh(deps: {
  readonly derivation: Pick<Derivation, 'ensure'>;
  readonly log: (line: string) => void;
}): DerivedRefresh {
  const busy = new Map<SessionKey, { again: boolean; timer: NodeJS.Timeout | undefined }>();
  let closed = false;

  async function derive(key: SessionKey): Promise<void> {
    const state = { again: false, timer: undefined as NodeJS.Timeout | undefined };
    busy.set(key, state);
    const startedAt = performance.now();
    await deps.derivation.ensure(key).catch((error: unknown) => {
      if (error instanceof AppError && ['not-found', 'cancelled'].includes(error.code)) return; // erased, or closing
      deps.log(`a followed session could not be diagnosed: ${messageOf(error)}`);
    });
    const restMs = Math.max(LEAST_MS, TIMES_TOOK * (performance.now() - startedAt));
    state.timer = setTimeout(() => {
      busy.delete(key);
      if (state.again && !closed) void derive(key);
    }, restMs);
  }

  return {
    grown: (keys) => {
      for (const key of keys) {
        const state = busy.get(key);
        if (state) state.again = true;
        else if (!closed) void derive(key);
      }
    },
    close: () => {
      closed = true;
      for (const { timer } of busy.values()) clearTimeout(timer);
    },
  };
}
