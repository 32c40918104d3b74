import { dialog, type WebContents } from 'electron';
import type { createCrashBudget } from './crash-budget.ts';

/**
 * Loads the page again when its process dies, and lets the page say so. After the third time within a minute a dialog says
 * what to do instead, because a page that cannot live would flicker for ever.
 */
export function recoverWindow(
  contents: WebContents,
  crashes: ReturnType<typeof createCrashBudget>,
  log: (text: string) => void,
): void {
  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    log(`the window's process ended: ${reason} (${exitCode})`);
    if (!crashes.spend()) {
      dialog.showErrorBox(
        'The window stopped three times within a minute',
        'It was not started again. Your sessions are safe on the disk. Quit TRACEFLOW and start it again.',
      );
      return;
    }
    contents.once('did-finish-load', () => contents.send('traceflow:recovered'));
    setImmediate(() => contents.reload()); // within this event Chromium still tears the old process down
  });
}
