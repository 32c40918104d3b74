import { readFileSync, writeFileSync } from 'node:fs';
import type { BrowserWindow, Rectangle } from 'electron';
import { messageOf } from '../../shared/lib/app-error.ts';

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

/** Writes the window's place when it closes. @param log is told when that cannot be: it is not worth an error. */
export function keepWindowState(window: BrowserWindow, file: string, log: (text: string) => void): void {
  window.on('close', () => {
    const state: WindowState = { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
    try {
      writeFileSync(file, JSON.stringify(state));
    } catch (error) {
      log(`the place of the window was not kept: ${messageOf(error)}`);
    }
  });
}
