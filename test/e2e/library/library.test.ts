import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { expect, test } from 'vitest';
import { launchApp, type RunningApp } from '../../support/app.ts';

const dir = mkdtempSync(join(tmpdir(), 'traceflow-library-'));
const evidenceFile = join(dir, 'chosen.traceflow');
const pictures = process.env.TRACEFLOW_TEST_RESULTS ?? 'test-results';
const NOTE = 'the second click does nothing';
const LONG = { timeout: 60_000 };

const grid = (page: Page): Locator => page.getByRole('grid', { name: 'Sessions' });
const rows = (page: Page): Locator => grid(page).locator('[role="row"][data-index]');
const filters = (page: Page): Locator => page.getByRole('complementary', { name: 'Filters' });
const value = (page: Page, group: string, name: string): Locator =>
  filters(page).getByRole('group', { name: group }).getByRole('checkbox', { name });
const total = async (page: Page): Promise<number> =>
  Number((await page.locator('.toolbar-count').innerText()).replace(/\D/g, ''));
const tagged = (page: Page): Promise<number> => rows(page).getByText('to report', { exact: true }).count();

/** Puts a tag on what is selected, by keyboard. */
async function tag(page: Page, name: string): Promise<void> {
  await grid(page).focus();
  await page.keyboard.press('t');
  await page.getByRole('combobox', { name: 'Add a tag' }).last().fill(name);
  await page.keyboard.press('Enter');
}

async function importDemo({ page }: RunningApp): Promise<number> {
  await page.getByRole('button', { name: 'Explore the demo workspace' }).click();
  await page.getByText('the demo workspace: done').first().waitFor(LONG);
  await expect.poll(() => total(page), LONG).toBeGreaterThan(5);
  // All of them are diagnosed when no row says that it is not.
  await expect.poll(() => rows(page).getByText('Not analysed yet').count(), LONG).toBe(0);
  return total(page);
}

test('narrow down, save the filter, tag, undo, pin, note, delete and take back; export, and find the marks elsewhere', async () => {
  const first = await launchApp({ profileDir: join(dir, 'first') });
  let confirmed = 0;
  try {
    const { page } = first;
    const all = await importDemo(first);

    await value(page, 'Verdict', 'Confirmed').check();
    await expect.poll(() => total(page)).toBeLessThan(all);
    confirmed = await total(page);
    await expect.poll(() => rows(page).count()).toBe(confirmed);
    const counted = filters(page).getByRole('group', { name: 'Verdict' }).locator('label', { hasText: 'Confirmed' });
    await expect.poll(() => counted.innerText()).toMatch(new RegExp(`\\b${confirmed}$`));
    await page.getByRole('button', { name: 'Saved filters' }).click();
    await page.getByRole('menuitem', { name: 'Save these filters…' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Proven faults');
    await page.keyboard.press('Enter');

    await rows(page).first().click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.getByText(`${confirmed} selected`).waitFor();
    await tag(page, 'To Report');
    await expect.poll(() => tagged(page)).toBe(confirmed);
    await grid(page).focus();
    await page.keyboard.press('ControlOrMeta+z');
    await expect.poll(() => tagged(page)).toBe(0);
    await tag(page, 'to report');
    await expect.poll(() => tagged(page)).toBe(confirmed);
    await grid(page).focus();
    await page.keyboard.press('p');
    await expect.poll(() => rows(page).getByLabel('Pinned').count()).toBe(confirmed);

    await page.keyboard.press('i');
    const preview = page.getByRole('region', { name: 'Preview' });
    await preview.getByText('Confirmed').waitFor();
    await preview.getByLabel('Add a note about the session').fill(NOTE);
    await page.keyboard.press('Enter');
    await preview.getByText(NOTE).waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(pictures, `library-${colorScheme}.png`) });
    }

    await grid(page).focus();
    await page.keyboard.press('Delete');
    await page.getByRole('heading', { name: 'No session is left by these filters' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await expect.poll(() => total(page)).toBe(confirmed);

    await rows(page).first().click();
    await page.keyboard.press('ControlOrMeta+a');
    await first.app.evaluate(({ dialog }, file) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: file });
    }, evidenceFile);
    await page.getByRole('group', { name: 'Selected sessions' }).getByRole('button', { name: 'Export…' }).click();
    await page.getByText(`${confirmed} sessions written to`).first().waitFor(LONG);
    expect(existsSync(evidenceFile)).toBe(true);
    expect(first.log.filter((line) => /pageerror|Content Security Policy/.test(line))).toEqual([]);
  } finally {
    await first.close();
  }

  const second = await launchApp({ profileDir: join(dir, 'second'), args: [evidenceFile] });
  try {
    const { page } = second;
    await expect.poll(() => tagged(page), LONG).toBe(confirmed);
    await expect.poll(() => total(page)).toBe(confirmed);
    await expect
      .poll(() => filters(page).getByRole('group', { name: 'Tags' }).locator('label').innerText(), LONG)
      .toMatch(new RegExp(`to report\\s*${confirmed}$`));
    await value(page, 'Has', 'Notes').check();
    await expect.poll(() => total(page)).toBe(1);
    await rows(page).first().click();
    await page.keyboard.press('i');
    await page.getByRole('region', { name: 'Preview' }).getByText(NOTE).waitFor();
    await expect.poll(() => rows(page).getByLabel('Pinned').count()).toBe(0); // a pin is about this computer
  } finally {
    await second.close();
  }

  const again = await launchApp({ profileDir: join(dir, 'first') });
  try {
    const { page } = again;
    await expect.poll(() => total(page), LONG).toBe(confirmed); // the filter is as it was left
    await page.getByRole('button', { name: 'Saved filters' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Proven faults', checked: true }).waitFor();
  } finally {
    await again.close();
  }
}, 240_000);
