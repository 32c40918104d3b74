import { useMemo } from 'react';
import type { SessionKey } from '../../../shared/model/identity.ts';
import { useAttempt, useServices } from '../../api/services.tsx';

/** What can be done with sessions; each shows a notice when it fails. */
export interface LibraryActions {
  openRecording(): void;
  importDropped(files: readonly File[]): void;
  exploreDemo(): void;
  connectServer(): void;
  /** Starts a sync with every server, or asks for one when there is none. */
  syncAll(): void;
  exportSessions(keys: readonly SessionKey[]): void;
}

/** The library's actions over the window's services. */
export function useLibraryActions(): LibraryActions {
  const { engine, shell, store } = useServices();
  const attempt = useAttempt();
  return useMemo(
    () => ({
      openRecording: () => attempt('The recording could not be opened.', () => shell.call('dialog.import', undefined)),
      importDropped: (files) => attempt('The files could not be imported.', () => shell.importDropped(files)),
      exploreDemo: () => attempt('The demo workspace could not be opened.', () => engine.call('demo.open', undefined)),
      connectServer: () => store.getState().openSettings('servers'),
      syncAll: () =>
        attempt('The sync could not be started.', async () => {
          const servers = await engine.call('servers.list', undefined);
          if (servers.length === 0) store.getState().openSettings('servers');
          const wanted = servers.filter(({ paused }) => !paused);
          await Promise.all(wanted.map(({ id }) => engine.call('sync.start', { id })));
        }),
      exportSessions: (keys) =>
        attempt('The sessions could not be exported.', () => shell.call('dialog.export', { keys: [...keys] })),
    }),
    [attempt, engine, shell, store],
  );
}
