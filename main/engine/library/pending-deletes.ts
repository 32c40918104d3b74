import type { SessionKey } from '../../../shared/model/identity.ts';
import type { Store } from '../store/store-api.ts';
import type { Remote } from '../threads/worker-client.ts';

/** How long a deletion can be undone, ms: long enough to read the notice that offers it. */
export const UNDO_MS = 10_000;

/**
 * Deletions that can still be undone. Hidden sessions are erased when their time is over or when the engine closes; an
 * engine that is killed before erases nothing, and lists them again at its next start.
 */
export interface PendingDeletes {
  hide(keys: readonly SessionKey[]): Promise<SessionKey[]>;
  restore(keys: readonly SessionKey[]): Promise<SessionKey[]>;
  /** Erases what is hidden, now. */
  close(): Promise<void>;
}

export function createPendingDeletes(deps: {
  readonly store: Pick<Remote<Store>, 'hide' | 'unhide' | 'erase'>;
  readonly undoMs: number;
  readonly changed: () => void;
  readonly log: (line: string) => void;
}): PendingDeletes {
  const { store } = deps;
  const pending = new Map<NodeJS.Timeout, Set<SessionKey>>();
  /** What is being erased must not be announced as restored. */
  let erasing: Promise<unknown> = Promise.resolve();

  function erase(timer: NodeJS.Timeout): Promise<unknown> {
    const keys = [...(pending.get(timer) ?? [])];
    pending.delete(timer);
    if (keys.length === 0) return erasing;
    erasing = Promise.all([erasing, store.erase({ keys })]).catch((error: unknown) =>
      deps.log(`hidden sessions could not be erased, they come back at the next start: ${String(error)}`),
    );
    return erasing;
  }

  return {
    hide: async (keys) => {
      const hidden = await store.hide({ keys });
      if (hidden.length === 0) return hidden;
      const timer = setTimeout(() => void erase(timer), deps.undoMs);
      pending.set(timer, new Set(hidden));
      deps.changed();
      return hidden;
    },
    restore: async (keys) => {
      await erasing;
      for (const hidden of pending.values()) for (const key of keys) hidden.delete(key);
      const restored = await store.unhide({ keys });
      if (restored.length > 0) deps.changed();
      return restored;
    },
    close: async () => {
      for (const timer of [...pending.keys()]) {
        clearTimeout(timer);
        await erase(timer);
      }
      await erasing;
    },
  };
}
