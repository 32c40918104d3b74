import { readFileSync } from 'node:fs';
import type { BrowserWindow, Rectangle } from 'electron';
import { messageOf } from '../../shared/lib/app-error.ts';
import { replaceFile } from './replace-file.ts';

interface WindowState {
  readonly bounds: Rectangle | null;
  readonly maximized: boolean;
}

const DEFAULT: WindowState = { bounds: null, maximized: false };

/** Where the window was last time; anything unreadable means "use the default size". */
export function readWindowState(file: string): WindowState {
  try {
    const state = JSON.parse(readFileSync(file, 'utf8')) as WindowState;
    const bounds = state.bounds;
    const usable = bounds && [bounds.x, bounds.y, bounds.width, bounds.height].every(Number.isFinite);
    return { bounds: usable ? bounds : null, maximized: state.maximized === true };
  } catch {
    return DEFAULT; // first start, or a file cut short by a crash: the default is always right
  }
}

/** Moving and resizing come in many steps; the place is written when they pause, ms. */
const PAUSE_MS = 300;

/**
 * Writes the window's place when it changes, so that also a crash finds it again. @param log is told when that cannot be: it
 * is not worth an error.
 */
export function keepWindowState(window: BrowserWindow, file: string, log: (text: string) => void): void {
  let timer: NodeJS.Timeout | undefined;
  const keep = (): void => {
    clearTimeout(timer);
    if (window.isDestroyed()) return;
    const state: WindowState = { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
    try {
      replaceFile(file, JSON.stringify(state));
    } catch (error) {
      log(`the place of the window was not kept: ${messageOf(error)}`);
    }
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE_MS);
  };
  window.on('resize', soon);
  window.on('move', soon);
  window.on('maximize', soon);
  window.on('unmaximize', soon);
  window.on('close', keep);
}
