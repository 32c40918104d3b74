import { useLayoutEffect } from 'react';
import { flushSync } from 'react-dom';
import { useEngineState, useServices, useWorkbench } from '../api/services.tsx';
import { ShortcutsSheet } from '../features/help/shortcuts-sheet.tsx';
import { SEARCH_ID } from '../features/library/library-toolbar.tsx';
import { useLibraryActions } from '../features/library/use-library-actions.ts';
import { ModelsDialog } from '../features/models/models-dialog.tsx';
import { ServersDialog } from '../features/servers/servers-dialog.tsx';
import { activeTab } from '../state/tabs.ts';
import { useShortcuts } from '../state/use-shortcuts.ts';
import { DropZone } from './drop-zone.tsx';
import { Notifications } from './notifications.tsx';
import { Rail } from './rail.tsx';
import { StatusBar } from './status-bar.tsx';
import { WindowTabs } from './window-tabs.tsx';
import './frame.css';

function useWindowShortcuts(): void {
  const { store } = useServices();
  const { openRecording } = useLibraryActions();
  const state = store.getState;
  useShortcuts('window', {
    openRecording,
    search: () => {
      flushSync(() => state().openTab('library')); // what is typed right after it goes into the field
      document.getElementById(SEARCH_ID)?.focus();
    },
    servers: () => state().set({ dialog: 'servers' }),
    shortcuts: () => state().set({ dialog: 'shortcuts' }),
    nextTab: () => state().stepTab(1),
    previousTab: () => state().stepTab(-1),
    closeTab: () => state().closeTabs([activeTab(state().tabs)]),
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
  useWindowShortcuts();
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  return (
    <div className="workbench">
      <Rail />
      <main className="main">
        <EngineFailure />
        <div className="panels">
          <WindowTabs />
        </div>
      </main>
      <StatusBar />
      <ServersDialog />
      <ModelsDialog />
      <ShortcutsSheet />
      <Notifications />
      <DropZone />
    </div>
  );
}
