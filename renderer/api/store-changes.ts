import type { z } from 'zod';
import type { EngineEvents } from '../../shared/ipc/engine-calls.ts';
import type { EngineClient } from './engine.ts';

/** What of the engine's store may be different now. */
export type StoreChange = z.output<EngineEvents['store.changed']>;

/** The engine's store as something that changes. */
export interface StoreChanges {
  /** @returns a function that stops listening. */
  on(listener: (change: StoreChange) => void): () => void;
}

/** A sync announces each page it applied; the window need not fetch more often than this, ms. */
const QUIET_MS = 250;

/**
 * Store changes for caches: the first at once, then together at most one every `QUIET_MS`. A restarted engine counts as a
 * change of everything; the first one does not, because nothing was answered before it.
 */
export function createStoreChanges(engine: Pick<EngineClient, 'on' | 'onState'>): StoreChanges {
  const listeners = new Set<(change: StoreChange) => void>();
  let later: StoreChange | null = null;
  let quiet = false;

  const tell = (change: StoreChange): void => {
    quiet = true;
    setTimeout(() => {
      quiet = false;
      const next = later;
      later = null;
      if (next) tell(next);
    }, QUIET_MS);
    for (const listener of listeners) listener(change);
  };
  const add = (change: StoreChange): void => {
    if (!quiet) tell(change);
    else {
      later = {
        sessions: change.sessions || (later?.sessions ?? false),
        servers: change.servers || (later?.servers ?? false),
        marks: change.marks || (later?.marks ?? false),
        live: change.live || (later?.live ?? false),
      };
    }
  };
  engine.on('store.changed', add);
  let started = false;
  engine.onState((state) => {
    if (state.kind !== 'ready') return;
    if (started) add({ sessions: true, servers: true, marks: true, live: true });
    started = true;
  });
  return {
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
