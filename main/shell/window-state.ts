import { readFileSync, writeFileSync } from 'node:fs';
import type { BrowserWindow, Rectangle } from 'electron';

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

/** Writes the window's place when it closes. */
export function keepWindowState(window: BrowserWindow, file: string): void {
  window.on('close', () => {
    const state: WindowState = { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
    writeFileSync(file, JSON.stringify(state));
  });
}
