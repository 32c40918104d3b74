import type { BrowserWindow } from 'electron';

/** The user-timing mark the window sets when its list first shows what the library holds (`renderer/state/usable.ts`). */
export const USABLE_MARK = 'traceflow:usable';

const POLL_MS = 20;
const PATIENCE_MS = 60_000;

/** Resolves when a person can work with the window. @throws when that does not happen within a minute. */
export async function whenUsable(window: BrowserWindow): Promise<void> {
  const marked = `performance.getEntriesByName(${JSON.stringify(USABLE_MARK)}).length > 0`;
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += POLL_MS) {
    if (window.isDestroyed()) throw new Error('The window was closed before it was ready.');
    if (await window.webContents.executeJavaScript(marked)) return;
    await new Promise((next) => setTimeout(next, POLL_MS));
  }
  throw new Error('The window did not become usable within a minute.');
}
