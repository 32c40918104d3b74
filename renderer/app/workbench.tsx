import { useEngineState } from '../api/services.tsx';
import { Dialogs } from './dialogs.tsx';
import { DropZone } from './drop-zone.tsx';
import { Notifications } from './notifications.tsx';
import { Rail } from './rail.tsx';
import { StatusBar } from './status-bar.tsx';
import { useAppearance } from './use-appearance.ts';
import { useApplicationMenu } from './use-application-menu.ts';
import { useCommandKeys } from './use-command-keys.ts';
import { useWindowCommands } from './use-window-commands.ts';
import { WindowTabs } from './window-tabs.tsx';
import './frame.css';

/** The engine was given up: nothing can be read any more, so the window says why and what to do. */
function EngineFailure() {
  const engine = useEngineState();
  return engine.kind === 'failed' ? (
    <div role="alert" className="engine-failure selectable">
      <strong>{engine.reason}</strong> Restart TRACEFLOW; your sessions are safe on the disk.
    </div>
  ) : null;
}

/** The window: rail, tabs and what they hold, status bar, and what floats over them. */
export function Workbench() {
  useAppearance();
  useWindowCommands();
  useCommandKeys();
  useApplicationMenu();
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
      <Dialogs />
      <Notifications />
      <DropZone />
    </div>
  );
}
