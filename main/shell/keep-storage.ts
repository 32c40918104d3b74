import type { BrowserWindow } from 'electron';

/** Chromium itself may hold back what a page stored for a minute and more. */
const KEEP_MS = 1000;

/** Brings what the window stored (its tabs, playheads, layout) to the disk each second, so that it survives a kill. */
export function keepStorage(window: BrowserWindow): void {
  const { session } = window.webContents;
  const timer = setInterval(() => session.flushStorageData(), KEEP_MS);
  window.once('closed', () => clearInterval(timer));
}
