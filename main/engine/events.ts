import type { z } from 'zod';
import type { EngineEvents, engineEvents } from '../../shared/ipc/engine-calls.ts';

/** An event for every window: name and payload fit together. */
export type EngineEvent = {
  [K in keyof EngineEvents]: { readonly name: K; readonly payload: z.output<(typeof engineEvents)[K]> };
}[keyof EngineEvents];

/** What of the store may be different now. */
export type StoreChange = z.output<EngineEvents['store.changed']>;

/** Who listens to the engine. */
export interface EventHub {
  emit(event: EngineEvent): void;
  /** @returns a function that stops listening. */
  listen(listener: (event: EngineEvent) => void): () => void;
}

export function createEventHub(): EventHub {
  const listeners = new Set<(event: EngineEvent) => void>();
  return {
    emit: (event) => {
      for (const listener of listeners) listener(event);
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
