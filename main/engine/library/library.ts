import type { Diagnosis } from '../../../shared/model/finding.ts';
import type { SessionKey } from '../../../shared/model/identity.ts';
import type { Signal } from '../../../shared/model/signal.ts';
import type { Store } from '../store/store-api.ts';
import type { Remote } from '../threads/worker-client.ts';
import type { Derivation } from './derivation.ts';

/** Sessions with what is derived from them, made when it is first asked for. */
export interface Library {
  signals(key: SessionKey): Promise<Signal[]>;
  diagnosis(key: SessionKey): Promise<Diagnosis>;
  remove(keys: readonly SessionKey[]): Promise<{ deleted: number }>;
}

export function createLibrary(deps: {
  readonly store: Remote<Store>;
  readonly derivation: Derivation;
  readonly changed: () => void;
}): Library {
  return {
    signals: async (key) => {
      await deps.derivation.ensure(key);
      return deps.store.signals({ key });
    },
    diagnosis: async (key) => {
      await deps.derivation.ensure(key);
      return deps.store.diagnosis({ key });
    },
    remove: async (keys) => {
      const result = await deps.store.remove({ keys });
      if (result.deleted > 0) deps.changed();
      return result;
    },
  };
}
