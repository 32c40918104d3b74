import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, statSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { expect, test } from 'vitest';
import { recording } from '../../integration/engine/support/recordings.ts';
import { launchApp } from '../../support/app.ts';

const SPACIOUS = { timeout: 60_000 };

/** Occurs nowhere else. */
const PLANT = 'zqplant7c1d';

/** Files of a folder, at any depth, whose bytes hold the plant. Sockets and dangling links are no files. */
function planted(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => existsSync(join(folder, name)) && statSync(join(folder, name)).isFile())
    .filter((name) => readFileSync(join(folder, name)).includes(PLANT))
    .sort();
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** Reaches an app that was started by another. */
async function attach(port: number): Promise<Browser> {
  let browser: Browser | undefined;
  await expect
    .poll(async () => {
      browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`).catch(() => undefined);
      return browser !== undefined;
    }, SPACIOUS)
    .toBe(true);
  return browser as Browser;
}

const pageOf = async (browser: Browser): Promise<Page> => {
  const page = () => browser.contexts().flatMap((context) => context.pages())[0];
  await expect.poll(() => page() !== undefined, SPACIOUS).toBe(true);
  return page() as Page;
};

const openSection = async (page: Page, name: string): Promise<void> => {
  await page.keyboard.press('Control+,');
  await page.getByRole('navigation', { name: 'Sections of the settings' }).getByRole('button', { name }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
};

test('all local data is deleted on a typed word: nothing planted is found any more, and the app starts as on the first day', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'traceflow-delete-all-'));
  const exported = join(folder, 'exported.json');
  writeFileSync(exported, JSON.stringify(recording(3, PLANT)));
  const { app, page, profileDir } = await launchApp({ args: [exported] });
  const ended = once(app.process(), 'exit');
  let next: Browser | undefined;
  try {
    await page.getByRole('gridcell').first().waitFor(SPACIOUS);
    await page.getByLabel('Search sessions').fill('shop.example');
    await page.getByRole('button', { name: 'Saved filters' }).click();
    await page.getByRole('menuitem', { name: 'Save these filters…' }).click();
    const saving = page.getByRole('dialog', { name: 'Save the filters' });
    await saving.getByLabel('Name').fill(PLANT);
    await saving.getByRole('button', { name: 'Save' }).click();
    await saving.waitFor({ state: 'detached' });
    await openSection(page, 'Models');
    await page.getByLabel('Base URL').fill('http://127.0.0.1:9/v1');
    await page.getByLabel('Model', { exact: true }).fill(PLANT);
    await page.getByLabel('API key').fill(PLANT);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText(`${PLANT} can be asked now.`).first().waitFor();
    await expect
      .poll(() => planted(profileDir), SPACIOUS)
      .toEqual(expect.arrayContaining([expect.stringMatching(/^library\.db/), 'secrets.json', 'window-state.json']));
    // Recordings lie there packed, so their bytes cannot be searched: there must be some before, and none afterwards.
    expect(readdirSync(join(profileDir, 'sessions'))).toHaveLength(1);

    await openSection(page, 'Privacy');
    await page.getByRole('button', { name: 'Delete all local data…' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Delete all local data' });
    const confirm = dialog.getByRole('button', { name: 'Delete everything' });
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByLabel('Type DELETE to confirm').fill('delete');
    expect(await confirm.isDisabled()).toBe(true);
    expect(planted(profileDir).length).toBeGreaterThan(2);

    const port = await freePort();
    await app.evaluate(({ app: electron }, debugPort) => {
      const relaunch = electron.relaunch.bind(electron);
      electron.relaunch = (options) =>
        relaunch({ ...options, args: [...(options?.args ?? []), `--remote-debugging-port=${debugPort}`] });
    }, port);
    await dialog.getByLabel('Type DELETE to confirm').fill('DELETE');
    await confirm.click({ noWaitAfter: true });
    await ended;

    next = await attach(port);
    const fresh = await pageOf(next);
    await fresh.getByRole('button', { name: 'Explore the demo workspace' }).waitFor(SPACIOUS);
    expect(planted(profileDir)).toEqual([]);
    expect(readdirSync(join(profileDir, 'sessions'))).toEqual([]);
    expect(existsSync(join(profileDir, 'delete-everything'))).toBe(false);
    expect(readFileSync(exported, 'utf8')).toContain(PLANT);
  } finally {
    if (next) {
      const pid = Number(readlinkSync(join(profileDir, 'SingletonLock')).split('-').at(-1));
      const gone = new Promise((done) => next?.once('disconnected', done));
      process.kill(pid);
      await gone;
    } else await app.close();
  }
});
