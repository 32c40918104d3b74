import { useLayoutEffect } from 'react';
import { flushSync } from 'react-dom';
import { useEngineState, useServices, useWorkbench } from '../api/services.tsx';
import { ShortcutsSheet } from '../features/help/shortcuts-sheet.tsx';
import { SEARCH_ID } from '../features/library/library-toolbar.tsx';
import { LibraryView } from '../features/library/library-view.tsx';
import { useLibraryActions } from '../features/library/use-library-actions.ts';
import { ServersDialog } from '../features/servers/servers-dialog.tsx';
import { useShortcuts } from '../state/use-shortcuts.ts';
import { DropZone } from './drop-zone.tsx';
import { Notifications } from './notifications.tsx';
import { Rail } from './rail.tsx';
import { SessionStack } from './session-stack.tsx';
import { StatusBar } from './status-bar.tsx';
import { panelId, TabStrip, tabElementId } from './tab-strip.tsx';
import './frame.css';

function useWindowShortcuts(): void {
  const { store } = useServices();
  const { openRecording } = useLibraryActions();
  const state = store.getState;
  useShortcuts('window', {
    openRecording,
    search: () => {
      flushSync(() => state().activate('library')); // what is typed right after it goes into the field
      document.getElementById(SEARCH_ID)?.focus();
    },
    servers: () => state().set({ dialog: 'servers' }),
    shortcuts: () => state().set({ dialog: 'shortcuts' }),
    nextTab: () => state().activateNeighbour(1),
    previousTab: () => state().activateNeighbour(-1),
    closeTab: () => {
      const { active, closeSessions } = state();
      if (active !== 'library') closeSessions([active]);
    },
  });
}

/** The engine was given up: nothing can be read any more, so the window says why and what to do. */
function EngineFailure() {
  const engine = useEngineState();
  return engine.kind === 'failed' ? (
    <div role="alert" className="engine-failure selectable">
      <strong>{engine.reason}</strong> Restart TRACEFLOW; your sessions are safe on the disk.
    </div>
  ) : null;
}

/** The window: rail, tabs, the view of the active tab, status bar, and what floats over them. */
export function Workbench() {
  const theme = useWorkbench((state) => state.theme);
  const active = useWorkbench((state) => state.active);
  useWindowShortcuts();
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  return (
    <div className="workbench">
      <Rail />
      <TabStrip />
      <main className="main">
        <EngineFailure />
        <div className="panels">
          <div
            role="tabpanel"
            id={panelId('library')}
            aria-labelledby={tabElementId('library')}
            className="panel"
            hidden={active !== 'library'}
          >
            <LibraryView />
          </div>
          <SessionStack />
        </div>
      </main>
      <StatusBar />
      <ServersDialog />
      <ShortcutsSheet />
      <Notifications />
      <DropZone />
    </div>
  );
}
