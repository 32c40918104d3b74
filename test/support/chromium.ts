import { type Browser, chromium } from 'playwright';
import { findChromium } from '../../tools/setup/find-chromium.ts';

/**
 * Starts the real Chromium of the machine (or the one that `TRACEFLOW_CHROMIUM` names), headless, so that it calls nobody
 * by itself; `more` are further switches, `without` names ones that Playwright sets by itself. Its sandbox is off only for root, for whom it cannot be on.
 * @throws when there is no Chromium.
 */
export async function launchChromium(more: readonly string[] = [], without: readonly string[] = []): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('No Chromium on the PATH; TRACEFLOW_CHROMIUM can name one.');
  const quiet = [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    ...more,
  ];
  const args = process.getuid?.() === 0 ? [...quiet, '--no-sandbox'] : quiet;
  // Ctrl-C is for whoever started the tests: a soak finishes its step and writes its summary first.
  return await chromium.launch({ executablePath, handleSIGINT: false, args, ignoreDefaultArgs: [...without] });
}
