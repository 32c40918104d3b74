import { useEffect } from 'react';
import { COMMAND_IDS } from '../../shared/ipc/commands.ts';
import { useAttempt, useServices } from '../api/services.tsx';

/** Parts that come and go together are told of once: after this pause, ms. */
const TOGETHER_MS = 50;

/** Tells the application menu which commands can be done now, and by which keys. */
export function useApplicationMenu(): void {
  const { commands, shell, store } = useServices();
  const attempt = useAttempt();
  useEffect(() => {
    let told = '';
    let timer: ReturnType<typeof setTimeout> | null = null;
    const tell = (): void => {
      timer = null;
      const keys = Object.fromEntries(Object.entries(store.getState().keys).map(([id, chords]) => [id, [...chords]]));
      const state = { available: COMMAND_IDS.filter(commands.has), keys };
      if (JSON.stringify(state) === told) return;
      told = JSON.stringify(state);
      void attempt('The application menu was not brought up to date.', () => shell.call('menu.set', state));
    };
    const soon = (): void => {
      timer ??= setTimeout(tell, TOGETHER_MS);
    };
    soon();
    const stops = [
      commands.subscribe(soon),
      store.subscribe((state, before) => state.keys !== before.keys && soon()),
      () => timer !== null && clearTimeout(timer),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [attempt, commands, shell, store]);
}
