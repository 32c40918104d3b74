import { app, type BrowserWindow, dialog, nativeTheme } from 'electron';
import { z } from 'zod';
import type { HandlersOf } from '../../shared/ipc/call.ts';
import type { CallContext } from '../../shared/ipc/dispatch.ts';
import type { ShellCalls } from '../../shared/ipc/shell-calls.ts';
import type { ApplicationMenu } from './application-menu.ts';
import type { EngineHost } from './engine-host.ts';

const Started = z.object({ jobId: z.string() });

/** Everything a window may ask of the shell: dialogs whose outcome goes straight to the engine, and facts about the app. */
export function createShellHandlers(deps: {
  readonly engine: EngineHost;
  readonly window: () => BrowserWindow;
  readonly profileDir: string;
  readonly menu: ApplicationMenu;
  /** Deletes the whole profile and starts the app again. @throws AppError when that cannot be. */
  readonly deleteAll: () => Promise<void>;
}): HandlersOf<ShellCalls, CallContext> {
  const start = async (name: string, input: unknown): Promise<{ jobId: string }> =>
    Started.parse(await deps.engine.call(name, input));
  return {
    'app.info': () => ({
      version: app.getVersion(),
      electron: process.versions.electron ?? '',
      chrome: process.versions.chrome ?? '',
      node: process.versions.node,
      platform: `${process.platform} ${process.arch}`,
      sandboxed: !app.commandLine.hasSwitch('no-sandbox'),
      profileDir: deps.profileDir,
      engineFailure: deps.engine.failure(),
    }),
    'dialog.import': async () => {
      const { canceled, filePaths } = await dialog.showOpenDialog(deps.window(), {
        title: 'Open recordings',
        properties: ['openFile', 'multiSelections'],
        filters: [
          { name: 'Recordings', extensions: ['traceflow', 'json', 'ndjson', 'jsonl', 'gz', 'rrweb'] },
          { name: 'All files', extensions: ['*'] },
        ],
      });
      return canceled || filePaths.length === 0 ? { jobId: null } : start('import.files', { paths: filePaths });
    },
    'dialog.export': async ({ keys }) => {
      const { canceled, filePath } = await dialog.showSaveDialog(deps.window(), {
        title: keys.length === 1 ? 'Export session' : `Export ${keys.length} sessions`,
        defaultPath: `${keys.length === 1 ? `session-${keys[0]?.slice(0, 8)}` : 'sessions'}.traceflow`,
        filters: [{ name: 'TRACEFLOW evidence file', extensions: ['traceflow'] }],
      });
      return canceled || !filePath ? { jobId: null } : start('export.session', { keys, path: filePath });
    },
    'drop.import': ({ paths }) => start('import.files', { paths }),
    'zoom.set': ({ percent }) => deps.window().webContents.setZoomFactor(percent / 100),
    'theme.set': ({ theme }) => {
      nativeTheme.themeSource = theme;
    },
    'menu.set': (state) => deps.menu.update(state),
    'data.deleteAll': () => deps.deleteAll(),
  };
}
