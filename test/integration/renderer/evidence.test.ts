import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorkbenchHarness, type WorkbenchHarness } from '../../support/workbench/open-workbench.ts';

const PICTURES = join(import.meta.dirname, '../../../test-results/evidence');
mkdirSync(PICTURES, { recursive: true });

let harness: WorkbenchHarness;
let page: Page;
beforeAll(async () => {
  harness = await startWorkbenchHarness();
  page = await harness.open({ sessions: 20, context: { permissions: ['clipboard-read'] } });
  await page.getByRole('grid').locator('[aria-rowindex="2"]').dblclick();
});
afterAll(async () => {
  expect(await page.evaluate(() => window.fake.violations)).toEqual([]);
  await harness.close();
});

const panel = () => page.getByRole('complementary', { name: 'Evidence' });
const best = () => panel().getByRole('article', { name: 'Best explanation' });

/** The panel in both themes, and whether anything is wider than it. */
async function picture(name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: join(PICTURES, `${name}-${colorScheme}.png`) });
  }
  const body = panel().locator('.evidence-body');
  await expect.poll(() => body.evaluate((it) => it.scrollWidth - it.clientWidth)).toBe(0);
}

describe('the evidence panel', () => {
  it('draws the chain with a line for each link that shows how firm it is', async () => {
    await best().getByRole('list', { name: 'Causal chain' }).waitFor();
    const lines = best().locator('.chain-line');
    await expect
      .poll(() => lines.evaluateAll((all) => all.map((line) => line.getAttribute('class')?.split('-').at(-1))))
      .toEqual(['fact', 'fact', 'likeness', 'time']);
    const widths = await lines
      .locator('path')
      .evaluateAll((all) => all.map((it) => Number(it.getAttribute('stroke-width'))));
    expect(widths).toEqual(
      [...widths]
        .sort((a, b) => b - a)
        .with(0, widths[0] ?? 0)
        .with(1, widths[1] ?? 0),
    );
    expect(widths[3]).toBeLessThan(widths[2] ?? 0);
    await picture('chain');
  });

  it('counts the sessions like it and opens one', async () => {
    await best().getByText('Met in 12 other sessions').click();
    const list = best().getByRole('list', { name: 'Sessions like this one' });
    await expect.poll(() => list.getByRole('button').count()).toBe(12);
    await list.getByRole('button').nth(1).scrollIntoViewIfNeeded();
    await picture('alike');
    await list
      .getByRole('button', { name: /anonymous/ })
      .first()
      .click();
    await expect.poll(() => page.getByRole('tab', { selected: true }).first().textContent()).toContain('anonymous');
    await page.keyboard.press('Control+PageUp');
    await best().waitFor();
  });

  it('copies the best explanation for an issue', async () => {
    await best().getByRole('button', { name: 'Copy for an issue' }).click();
    await page.getByText('Copied as Markdown').first().waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain('### `POST /api/orders answered 500 and the page showed nothing`');
    expect(copied).toContain('1. 0:09.4 action: `Click "Pay"`');
  });
});
