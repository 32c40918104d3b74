import { once } from 'node:events';
import type { BrowserWindow } from 'electron';

/** The user-timing mark the window sets when its list first shows what the library holds (`renderer/state/usable.ts`). */
export const USABLE_MARK = 'traceflow:usable';

const PATIENCE_MS = 60_000;

/** Runs in the page. Told by the page rather than asked again and again: a start has better things to do. */
const MARKED = `new Promise((resolve, reject) => {
  setTimeout(reject, ${PATIENCE_MS}, new Error('late'));
  new PerformanceObserver((list) => {
    if (list.getEntriesByName(${JSON.stringify(USABLE_MARK)}).length > 0) resolve();
  }).observe({ type: 'mark', buffered: true });
})`;

/** Resolves when a person can work with the window. @throws when that does not happen within a minute. */
export async function whenUsable(window: BrowserWindow): Promise<void> {
  try {
    await once(window.webContents, 'dom-ready'); // before that there is another, empty document
    await window.webContents.executeJavaScript(MARKED);
  } catch (cause) {
    const reason = window.isDestroyed() ? 'was closed before it was ready' : 'did not become usable within a minute';
    throw new Error(`The window ${reason}.`, { cause });
  }
}
