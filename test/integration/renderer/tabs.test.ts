import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { axeFaults } from '../../support/axe.ts';
import { startWorkbenchHarness, type WorkbenchHarness } from '../../support/workbench/open-workbench.ts';

let harness: WorkbenchHarness;
let page: Page;
beforeAll(async () => {
  harness = await startWorkbenchHarness();
});
afterAll(() => harness.close());
beforeEach(async () => {
  page = await harness.open({ sessions: 20 });
});
afterEach(async () => {
  expect(await page.evaluate(() => window.fake.violations)).toEqual([]);
  await page.context().close();
});

const tab = (name: string | RegExp) => page.getByRole('tab', { name });
const openSession = async (index: number): Promise<void> => {
  await tab('Library').click();
  await page
    .getByRole('grid')
    .locator(`[aria-rowindex="${index + 2}"]`)
    .dblclick();
};
/** Panels of the window; a session holds a dock of its own. */
const panels = () => page.locator('.panels > .dock > .dock-layer > .dock-panel:not([hidden])');
const leftOf = async (index: number): Promise<number> => (await panels().nth(index).boundingBox())?.x ?? Number.NaN;

/** Drags a tab to a point of the window, given in parts of its width and height. */
async function dragTab(name: string | RegExp, x: number, y: number): Promise<void> {
  const from = await tab(name).boundingBox();
  const size = page.viewportSize();
  if (!from || !size) throw new Error('nothing to drag');
  await page.mouse.move(from.x + 20, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(from.x + 60, from.y + 60, { steps: 4 });
  await page.mouse.move(size.width * x, size.height * y, { steps: 8 });
  await page.mouse.up();
}

describe('tabs', () => {
  it('split by dragging without loading the replay anew, and come back split', async () => {
    await openSession(0);
    await openSession(1);
    const frame = await page.locator('iframe').nth(1).elementHandle();
    const content = await frame?.contentFrame();
    await content?.evaluate(() => Object.assign(window, { marked: true }));
    await dragTab(/grace/, 0.95, 0.5);
    await expect.poll(() => panels().count()).toBe(2);
    await expect.poll(() => leftOf(1)).toBeGreaterThan(500);
    await expect.poll(() => content?.evaluate(() => 'marked' in window)).toBe(true);
    expect(await axeFaults(page)).toEqual([]);
    await panels().first().getByLabel('Search sessions').click(); // makes its group the active one
    await page.keyboard.press('Control+PageDown');
    await expect.poll(() => panels().first().getAttribute('aria-label')).toContain('ada');
    await page.keyboard.press('Control+PageUp');
    await page.reload();
    await expect.poll(() => panels().count()).toBe(2);
    await expect
      .poll(() => page.locator('.panels > .dock > .dock-grid').getByRole('tab', { selected: true }).allInnerTexts())
      .toEqual([expect.stringContaining('Library'), expect.stringContaining('grace')]);
  });

  it('close with the pointer and from the keyboard, and the library stays', async () => {
    await openSession(0);
    await openSession(1);
    await page.getByTitle(/^Close grace/).click();
    await tab(/grace/).waitFor({ state: 'detached' });
    await tab(/ada/).press('Delete');
    await tab(/ada/).waitFor({ state: 'detached' });
    await expect.poll(() => tab('Library').evaluate((it) => it === document.activeElement)).toBe(true);
    await tab('Library').press('Delete');
    await tab('Library').press('Backspace');
    await page.getByRole('grid').waitFor();
    await page.keyboard.press('Control+w');
    await page.getByRole('grid').waitFor();
  });

  it('split, move, resize and come back by keyboard alone, the focus with them', async () => {
    await page.getByRole('grid').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await tab(/ada/).waitFor();
    await page.keyboard.press('Control+\\');
    await expect.poll(() => panels().count()).toBe(2);
    const [before] = [await leftOf(1)];
    await page.keyboard.press('Alt+Shift+ArrowRight');
    await expect.poll(() => leftOf(1)).toBeLessThan(before - 20);
    await page.keyboard.press('F6');
    await expect.poll(() => page.getByRole('grid').evaluate((it) => it === document.activeElement)).toBe(true);
    await page.keyboard.press('F6');
    await page.keyboard.press('Control+Alt+ArrowRight');
    await expect.poll(() => panels().count()).toBe(1);
    await page.keyboard.press('Control+w');
    await tab(/ada/).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Shift+t');
    await tab(/ada/).waitFor();
    await page.keyboard.press('Control+Alt+w');
    await expect.poll(() => page.locator('.panels > .dock > .dock-grid').getByRole('tab').count()).toBe(2);
  });

  it('say which panel they belong to', async () => {
    await openSession(0);
    const controls = await tab(/ada/).getAttribute('aria-controls');
    const panel = page.locator(`[id="${controls}"]`);
    await expect.poll(() => panel.getAttribute('role')).toBe('tabpanel');
    await expect.poll(() => panel.getAttribute('aria-label')).toContain('ada');
    await expect.poll(() => page.getByRole('tablist').first().getAttribute('aria-label')).toBe('Open tabs');
  });
});
