import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { launchApp, type RunningApp } from '../../support/app.ts';

const SPACIOUS = { timeout: 60_000 };

/** What is open and how it lies: for each group its tabs, which is shown, and the place of its panel in tens of px. */
const shapeOf = (page: Page): Promise<unknown> =>
  page.evaluate(() => ({
    groups: [...document.querySelectorAll('.panels > .dock > .dock-grid [role="tablist"]')].map((list) =>
      [...list.querySelectorAll('[role="tab"]')].map((tab) => [
        tab.getAttribute('aria-label'),
        tab.getAttribute('aria-selected'),
      ]),
    ),
    panels: [...document.querySelectorAll('.panels > .dock > .dock-layer > .dock-panel:not([hidden])')].map((panel) => {
      const { left, width } = panel.getBoundingClientRect();
      return [panel.getAttribute('aria-label'), Math.round(left / 10), Math.round(width / 10)];
    }),
    theme: { ...document.documentElement.dataset },
  }));

const boundsOf = ({ app }: RunningApp): Promise<unknown> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());

test('tabs, splits, theme and place of the window come back after a kill', async () => {
  const first = await launchApp();
  const { page, profileDir } = first;
  await page.getByRole('button', { name: 'Explore the demo workspace' }).click();
  await page.getByRole('gridcell').first().waitFor(SPACIOUS);
  await page.locator('[aria-rowindex="2"]').dblclick();
  await page.getByRole('tab').nth(1).waitFor();
  await page.keyboard.press('Control+\\');
  await page.keyboard.press('Alt+Shift+ArrowRight');
  await page.keyboard.press('Control+,');
  await page.getByRole('button', { name: 'Appearance' }).click();
  await page.getByLabel('High contrast, dark').check();
  await first.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 24, y: 32, width: 1180, height: 710 }),
  );
  await expect.poll(() => page.evaluate(() => innerWidth), SPACIOUS).toBeLessThan(1200);
  await page.waitForFunction(
    () => document.querySelectorAll('.panels > .dock > .dock-layer > .dock-panel:not([hidden])').length === 2,
  );
  await expect.poll(() => first.app.evaluate(({ app }) => app.getPath('userData'))).toBe(profileDir);
  await page.waitForFunction(() => {
    const rightmost = [...document.querySelectorAll('.panels > .dock > .dock-layer > .dock-panel:not([hidden])')].at(
      -1,
    );
    return rightmost !== undefined && Math.abs(rightmost.getBoundingClientRect().right - innerWidth) < 2;
  });
  const shape = await shapeOf(page);
  const bounds = await boundsOf(first);
  await expect
    .poll(() => JSON.parse(readFileSync(join(profileDir, 'window.json'), 'utf8')).bounds, SPACIOUS)
    .toEqual(bounds);
  const gone = once(first.app.process(), 'exit');
  first.app.process().kill('SIGKILL');
  await gone;

  const second = await launchApp({ profileDir });
  try {
    await expect.poll(() => shapeOf(second.page), SPACIOUS).toEqual(shape);
    await expect.poll(() => boundsOf(second)).toEqual(bounds);

    await second.page.keyboard.press('Control+k');
    const palette = second.page.getByRole('dialog', { name: 'Commands and sessions' });
    await palette.getByRole('combobox').fill('go to the library');
    await second.page.keyboard.press('Enter');
    await second.page.getByRole('grid').waitFor();
  } finally {
    await second.close();
  }
});
