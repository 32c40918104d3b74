import { useEffect, useRef } from 'react';
import type { CommandScope } from '../../shared/ipc/commands.ts';
import type { CommandHandlers } from '../state/command-registry.ts';
import { useServices } from './services.tsx';

/** Offers commands of a scope while `active`: by their keys, in the palette, and to whoever runs them. */
export function useCommands<S extends CommandScope>(scope: S, handlers: CommandHandlers<S>, active = true): void {
  const { commands } = useServices();
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  }, [handlers]);
  const ids = Object.keys(handlers).join();
  useEffect(() => {
    if (!active || ids === '') return;
    const live = Object.fromEntries(
      ids.split(',').map((id) => [id, () => (latest.current as Readonly<Record<string, () => void>>)[id]?.()]),
    );
    return commands.add(scope, live as CommandHandlers<S>);
  }, [commands, scope, active, ids]);
}
