import { join } from 'node:path';
import { BrowserWindow, screen } from 'electron';
import { lockContents } from './hardening.ts';
import { keepWindowState, readWindowState } from './window-state.ts';
import { WORKBENCH_URL } from './workbench-policy.ts';

/** Opens the workbench where it was last time, hidden until it has something to show. */
export function openWorkbench(options: {
  readonly preload: string;
  readonly profileDir: string;
  readonly log: (text: string) => void;
}): BrowserWindow {
  const stateFile = join(options.profileDir, 'window.json');
  const { bounds, maximized } = readWindowState(stateFile);
  const area = screen.getPrimaryDisplay().workAreaSize;
  const window = new BrowserWindow({
    width: Math.min(1440, area.width),
    height: Math.min(900, area.height),
    ...(bounds && isOnScreen(bounds) ? bounds : {}),
    minWidth: 900,
    minHeight: 560,
    show: false,
    title: 'TRACEFLOW',
    backgroundColor: '#16181c',
    autoHideMenuBar: true,
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  });
  lockContents(window.webContents);
  keepWindowState(window, stateFile, options.log);
  if (maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  void window.loadURL(WORKBENCH_URL);
  return window;
}

/** A monitor that was unplugged must not swallow the window. */
function isOnScreen(bounds: { x: number; y: number; width: number; height: number }): boolean {
  return screen
    .getAllDisplays()
    .some(
      ({ workArea: area }) =>
        bounds.x < area.x + area.width &&
        bounds.x + bounds.width > area.x &&
        bounds.y < area.y + area.height &&
        bounds.y + bounds.height > area.y,
    );
}
