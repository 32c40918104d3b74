import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { launchApp } from '../../support/app.ts';
import { notice } from '../../support/notice.ts';
import { recordedPage } from '../../support/session-page.ts';

/** Every file of the recordings folder, whatever it is. */
function recordingFiles(): string[] {
  const folder = process.env.TRACEFLOW_RECORDINGS;
  if (!folder) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Opens the selected session. @returns what became of it: `replayed`, or the reason it cannot be. */
async function outcomeOf(page: Page): Promise<string> {
  const refused = page.getByRole('tabpanel').getByText('This recording cannot be replayed.');
  const shown = recordedPage(page).locator('html');
  await refused.or(page.locator('.page:not(.page-waiting)')).first().waitFor({ timeout: 60_000 });
  if (await refused.isVisible()) return (await refused.locator('..').textContent()) ?? '';
  await shown.waitFor({ state: 'attached', timeout: 30_000 });
  return 'replayed';
}

test('every foreign file is imported and replayed, or says why not; none crashes the app or reaches the network', async () => {
  const files = recordingFiles();
  if (files.length === 0)
    return notice('no foreign recordings were opened in the app: TRACEFLOW_RECORDINGS names no folder');
  const running = await launchApp({ args: files });
  const { page } = running;
  try {
    await page
      .getByText(/of \d+ files|imported/)
      .first()
      .waitFor({ timeout: 120_000 });
    const grid = page.getByRole('grid', { name: 'Sessions' });
    const total = async (): Promise<number> => Number((await grid.getAttribute('aria-rowcount')) ?? 1) - 1;
    await expect.poll(() => page.getByRole('progressbar').count(), { timeout: 120_000 }).toBe(0);
    const sessions = await total();
    expect(sessions).toBeGreaterThan(files.length / 2);
    const outcomes: string[] = [];
    await page.getByRole('row').nth(1).click();
    for (let at = 0; at < sessions; at += 1) {
      await grid.press('Enter');
      outcomes.push(await outcomeOf(page));
      await page.keyboard.press('Control+w');
      await grid.focus();
      await page.keyboard.press('ArrowDown');
    }
    expect(outcomes).toHaveLength(sessions);
    expect(outcomes.filter((outcome) => outcome !== 'replayed' && !/\w{3}/.test(outcome))).toEqual([]);
    console.log(
      `${files.length} files, ${sessions} sessions, ${outcomes.filter((one) => one === 'replayed').length} replayed`,
    );
  } finally {
    await running.close();
  }
  expect(running.log.filter((line) => /engine exited|requests were cancelled|pageerror/.test(line))).toEqual([]);
}, 400_000);
