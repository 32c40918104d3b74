import type { CommandId, CommandIdOf, CommandScope } from '../../shared/ipc/commands.ts';

/** What can be done with the commands of one scope; those without a handler are not there now. */
export type CommandHandlers<S extends CommandScope> = Readonly<Partial<Record<CommandIdOf<S>, () => void>>>;

/** Which commands can be run at this moment, and how: the parts on the screen add theirs and take them away again. */
export interface CommandRegistry {
  /** The handlers added last win. @returns takes them away. */
  add<S extends CommandScope>(scope: S, handlers: CommandHandlers<S>): () => void;
  /** @returns whether there was a handler. */
  run(id: CommandId): boolean;
  has(id: CommandId): boolean;
  /** Told whenever handlers come or go. @returns stops it. */
  subscribe(listener: () => void): () => void;
}

/** An empty registry. */
export function createCommandRegistry(): CommandRegistry {
  let added: readonly Readonly<Partial<Record<CommandId, () => void>>>[] = [];
  const listeners = new Set<() => void>();
  const change = (next: typeof added): void => {
    added = next;
    for (const listener of listeners) listener();
  };
  const handlerOf = (id: CommandId): (() => void) | undefined =>
    added.findLast((handlers) => handlers[id] !== undefined)?.[id];
  return {
    add: (_scope, handlers) => {
      change([...added, handlers]);
      return () => change(added.filter((other) => other !== handlers));
    },
    run: (id) => {
      const handler = handlerOf(id);
      handler?.();
      return handler !== undefined;
    },
    has: (id) => handlerOf(id) !== undefined,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
