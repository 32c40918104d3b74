// node tools/pictures.ts: takes the README's pictures from the demo workspace, in the app as it is built.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchApp } from '../test/support/app.ts';
import { evidence, recordedPage } from '../test/support/session-page.ts';
import { buildTargets } from './build/build-targets.ts';
import { printReport } from './build/print-report.ts';
import { hasDisplay, startVirtualDisplay } from './display/virtual-display.ts';
import { CHECKOUT } from './setup/checkout.ts';
import { resolveRuntime, runtimeEnv } from './setup/runtime.ts';

const FOLDER = join(CHECKOUT, 'docs', 'images');
const SIZE = { width: 1440, height: 900 };

async function takePictures(profileDir: string): Promise<void> {
  const { app, page, close } = await launchApp({ profileDir });
  const picture = (name: string) => page.screenshot({ path: join(FOLDER, `${name}.png`) });
  await page.emulateMedia({ colorScheme: 'light' });
  await app.evaluate(({ BrowserWindow }, { width, height }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
  }, SIZE);
  await page.getByRole('button', { name: 'Explore the demo workspace' }).click();
  const swallowed = page.getByRole('row').filter({ hasText: '/api/orders' }).filter({ hasText: '500' });
  await swallowed.first().waitFor({ timeout: 60_000 });
  await page
    .getByRole('button', { name: /dismiss|close/i })
    .first()
    .click({ timeout: 3000 })
    .catch(() => undefined); // the notice may be gone already
  await picture('library');
  await swallowed.first().dblclick();
  await recordedPage(page).locator('body').waitFor({ timeout: 60_000 });
  await evidence(page).getByRole('list', { name: 'Causal chain' }).first().getByRole('button').first().click();
  await recordedPage(page).getByRole('heading', { name: 'Checkout' }).waitFor();
  await picture('session-light');
  await close();
}

if (!printReport(await buildTargets())) process.exit(1);
const display = hasDisplay() ? null : await startVirtualDisplay();
const profileDir = mkdtempSync(join(tmpdir(), 'traceflow-pictures-'));
try {
  Object.assign(process.env, runtimeEnv(resolveRuntime()), display ? { DISPLAY: display.name } : {});
  await takePictures(profileDir);
  console.log(`The pictures are in ${FOLDER}.`);
} finally {
  display?.stop();
  rmSync(profileDir, { recursive: true, force: true });
}
