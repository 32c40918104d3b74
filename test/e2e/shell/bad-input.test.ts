import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { recording } from '../../integration/engine/support/recordings.ts';
import { launchApp, type RunningApp } from '../../support/app.ts';
import { killAppWhileImporting } from '../../support/kills/kill-app.ts';
import { notice } from '../../support/notice.ts';
import { recordedPage } from '../../support/session-page.ts';
import { createRandom } from '../../support/shop-random.ts';

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'traceflow-bad-input-'));

/** Drops files on the window as the file manager does. */
async function drop(page: Page, files: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
}

const said = (page: Page, text: string | RegExp) => page.getByText(text).first();

async function killEngine({ app }: RunningApp): Promise<void> {
  const pid = await app.evaluate(
    ({ app: electron }) => electron.getAppMetrics().find(({ name }) => name === 'TRACEFLOW engine')?.pid,
  );
  if (pid === undefined) throw new Error('There is no engine.');
  process.kill(pid, 'SIGKILL');
}

test('bad files, a killed engine and a second start each get one message, and the app goes on', async () => {
  const folder = newFolder();
  const write = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const text = JSON.stringify(recording(40));
  const running = await launchApp();
  const { page } = running;
  try {
    await page.getByText('Explore the demo workspace').first().waitFor();
    const torn = text.slice(0, -300);
    await drop(page, [
      write('good.json', text),
      write('empty.json', ''),
      write('site.har', '{"log":{"version":"1.2","entries":[]}}'),
      write('torn.json', torn),
    ]);
    await said(page, 'Import 4 files failed').waitFor({ timeout: 60_000 });
    const message = await page.getByRole('region', { name: /Notifications/ }).innerText();
    expect(message.split('\n').filter((line) => /json|har/.test(line))).toEqual([
      'empty.json was not imported: it is empty (0 bytes). Export or download it again.',
      'site.har was not imported: it is an HTTP archive (HAR), a list of requests without a page. Open rrweb events (JSON, NDJSON or a gzip of them) or a .traceflow file.',
      expect.stringMatching(
        /^torn\.json: The file ends in the middle of an event: the \d+ events before that were kept/,
      ),
    ]);
    await page.screenshot({ path: join(process.env.TRACEFLOW_TEST_RESULTS ?? folder, 'bad-files.png') });
    await expect.poll(() => page.getByRole('row').count(), { timeout: 60_000 }).toBe(3);

    const many = Array.from({ length: 12 }, (_, index) =>
      write(`long-${index}.json`, JSON.stringify(recording(3000, `${index} `.repeat(150)))),
    );
    await drop(page, many);
    // The first of them is there: the import is in the middle of its work.
    await expect.poll(() => page.getByRole('row').count(), { timeout: 60_000 }).toBeGreaterThan(3);
    await killEngine(running);
    await said(page, 'The engine stopped while this ran and was started again.').waitFor({ timeout: 60_000 });
    await drop(page, many);
    await expect.poll(() => page.getByRole('row').count(), { timeout: 120_000 }).toBe(15);

    // A second start hands its file over and ends, which the launcher takes for a failure.
    await expect(launchApp({ profileDir: running.profileDir, args: [write('blank.json', '  ')] })).rejects.toThrow();
    await said(page, 'blank.json was not imported: it holds nothing but blanks (2 bytes).').waitFor({
      timeout: 60_000,
    });

    await page.getByRole('row').nth(1).dblclick();
    await recordedPage(page).locator('body').waitFor({ timeout: 60_000 });
    expect(running.log.filter((line) => line.startsWith('pageerror'))).toEqual([]);
  } finally {
    await running.close();
  }
});

test('a profile that may not be written gives a window that says so', async () => {
  if (process.getuid?.() === 0) return notice('a read-only profile was not tried: root may write anywhere');
  const profileDir = join(newFolder(), 'profile');
  mkdirSync(profileDir);
  chmodSync(profileDir, 0o500);
  const { page, close } = await launchApp({ profileDir });
  try {
    const alert = page.getByRole('alert').filter({ hasText: 'cannot be opened' });
    await alert.waitFor({ timeout: 60_000 });
    await expect
      .poll(() => alert.innerText())
      .toBe(
        `The profile ${profileDir} cannot be opened: you are not allowed to write there. Change its rights, or choose another folder. Restart TRACEFLOW; your sessions are safe on the disk.`,
      );
    await expect.poll(() => page.getByText(/could not be read/).count()).toBe(0); // said once, not by each part of the window
    await page.screenshot({ path: join(process.env.TRACEFLOW_TEST_RESULTS ?? newFolder(), 'read-only-profile.png') });
  } finally {
    await close();
  }
});

test('the app, killed while it imports, is where it was when it comes back, with all it had', async () => {
  expect(await killAppWhileImporting(newFolder(), createRandom(7))).toEqual({
    counts: { 'kills: app while it imports': 1 },
    failures: [],
  });
});
