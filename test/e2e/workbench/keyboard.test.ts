import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { launchApp } from '../../support/app.ts';

/** Nothing on the screen is further away than this many presses of Tab. */
const MOST_TABS = 120;

/** Presses Tab until what has the focus matches `selector` and is called `name`. */
async function tabTo(page: Page, selector: string, name: RegExp): Promise<void> {
  for (let pressed = 0; pressed < MOST_TABS; pressed++) {
    const there = await page.evaluate(
      ([wanted, words]) => {
        const focused = document.activeElement as HTMLElement | null;
        const label = focused?.getAttribute('aria-label') ?? focused?.innerText ?? '';
        return focused?.matches(wanted) === true && new RegExp(words).test(label);
      },
      [selector, name.source] as const,
    );
    if (there) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never comes to ${selector} ${name}`);
}

test('the app is worked from start to settings without a mouse', async () => {
  const { app, page, profileDir, close, log } = await launchApp();
  const evidenceFile = join(profileDir, 'by-hand.traceflow');
  const playhead = page.getByRole('slider', { name: 'Playhead' });
  const at = () => playhead.getAttribute('aria-valuetext');
  try {
    await page.getByRole('button', { name: 'Explore the demo workspace' }).waitFor();
    await tabTo(page, 'button', /Explore the demo/);
    await page.keyboard.press('Enter');
    await page.getByRole('gridcell').first().waitFor({ timeout: 60_000 });
    await page.getByText('Open the demo workspace: done').first().waitFor({ timeout: 60_000 });

    await page.keyboard.press('/');
    await page.keyboard.type('checkout');
    await expect.poll(() => page.getByRole('row').count()).toBeLessThan(6);
    await tabTo(page, '[role="grid"]', /Sessions/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => playhead.getAttribute('aria-disabled'), { timeout: 60_000 }).toBe('false');

    await page.keyboard.press('End');
    await expect.poll(at).not.toBe('0:00.0');
    for (const pane of ['Console', 'Network', 'Elements', 'Events', 'Notes', 'Actions']) {
      await tabTo(page, '[role="tab"]', /^(Actions|Console|Network|Elements|Events|Notes)$/);
      await page.keyboard.press('Home');
      while ((await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))) !== pane) {
        await page.keyboard.press('ArrowRight');
      }
      await page.keyboard.press('Enter');
      await page.getByRole('tab', { name: pane, selected: true }).waitFor();
    }
    await tabTo(page, '[role="listbox"]', /./);
    await page.keyboard.press('Home');
    await expect.poll(at).toMatch(/^0:0/);

    await tabTo(page, 'button', /^Action/);
    const begins = await page.evaluate(() => document.activeElement?.querySelector('time')?.textContent);
    await page.keyboard.press('Enter');
    await expect.poll(at).toBe(begins);

    await app.evaluate(({ dialog }, file) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: file });
    }, evidenceFile);
    await tabTo(page, 'button', /^Export/);
    await page.keyboard.press('Enter');
    await page.getByText('written to').first().waitFor({ timeout: 30_000 });
    expect(existsSync(evidenceFile)).toBe(true);

    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Commands and sessions' }).getByRole('combobox').waitFor();
    await page.keyboard.type('appearance');
    await page.getByRole('option', { name: 'Settings: Appearance' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByLabel('Text size').waitFor();
    await tabTo(page, 'input[type="radio"]', /^$/);
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('light');
    await page.keyboard.press('Control+1');
    await page.getByRole('grid').waitFor();
    expect(log.filter((line) => /pageerror|Content Security Policy/.test(line))).toEqual([]);
  } finally {
    await close();
  }
});
