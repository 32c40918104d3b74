import type { Frame, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
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

const openSession = async (index: number): Promise<void> => {
  await page.getByRole('tab', { name: 'Library' }).click();
  await page
    .getByRole('grid')
    .locator(`[aria-rowindex="${index + 2}"]`)
    .dblclick();
};
const panel = () => page.locator('[role="tabpanel"]:not([hidden])');
const button = (name: string | RegExp) => panel().getByRole('button', { name });
const playhead = () => panel().getByRole('slider', { name: 'Playhead' });
const at = () => playhead().getAttribute('aria-valuetext');
const ready = () => expect.poll(() => playhead().getAttribute('aria-disabled'), { timeout: 20_000 }).toBe('false');
const frame = async (): Promise<Frame> => {
  const handle = await panel().locator('iframe').elementHandle();
  const content = await handle?.contentFrame();
  if (!content) throw new Error('the session has no replay frame');
  return content;
};
const told = async () => (await frame()).evaluate(() => (window as unknown as { received: unknown[] }).received);

describe('a session', () => {
  it('seeks and outlines from every link of the chain, and marks the events behind it', async () => {
    await openSession(0);
    await ready();
    await button(/Request 0:09\.4 POST/).click();
    await expect.poll(at).toBe('0:09.4');
    await button(/Action 0:09\.4 Click "Pay"/).click();
    await expect.poll(told).toContainEqual({ type: 'highlight', node: 42 });
    await expect.poll(() => told()).toContainEqual({ type: 'seek', atMs: 9436 });
    const current = panel().getByRole('option').and(page.locator('[aria-current="true"]'));
    await expect.poll(() => current.textContent()).toContain('Click "Pay"');
    await expect.poll(() => current.getAttribute('class')).toContain('marked');
  });

  it('says calmly that nothing is wrong', async () => {
    await openSession(1);
    await panel().getByText('Nothing wrong found').waitFor();
  });

  it('is led by the keyboard', async () => {
    await openSession(0);
    await ready();
    await page.keyboard.press('ArrowRight');
    await expect.poll(at).toBe('0:01.0');
    await page.keyboard.press(']');
    await expect.poll(at).toBe('0:02.1');
    await page.keyboard.press('[');
    await expect.poll(at).toBe('0:00.0');
    await page.keyboard.press('l');
    await button(/^Pause$/).waitFor();
    await page.keyboard.press('l');
    await button('Speed, now 2×').waitFor();
    await page.keyboard.press('k');
    await button(/^Play$/).waitFor();
    await page.keyboard.press('End');
    await expect.poll(at).toBe('1:43.2');
  });

  it('moves through the events while it plays, and seeks from a row', async () => {
    await openSession(0);
    await ready();
    await panel()
      .getByRole('option', { name: /Input in "Card number"/ })
      .click();
    await expect.poll(at).toBe('0:02.1');
    await button('Speed, now 1×').click();
    await page.getByRole('menuitemcheckbox', { name: '16×' }).click();
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await page.keyboard.press('k');
    const list = panel().getByRole('listbox', { name: 'Actions' });
    await expect.poll(() => list.evaluate((it) => it.scrollTop), { timeout: 20_000 }).toBeGreaterThan(300);
    await page.keyboard.press('k');
  });

  it('filters events by kind and remembers it, with the playhead, over a restart', async () => {
    await openSession(0);
    await ready();
    await button(/^Requests/).click();
    await expect.poll(() => panel().getByRole('option', { name: /POST/ }).count()).toBe(0);
    await panel()
      .getByRole('option', { name: /TypeError/ })
      .click();
    await expect.poll(at).toBe('0:15.0');
    await page.reload();
    await ready();
    await expect.poll(at).toBe('0:15.0');
    await expect.poll(() => button(/^Requests/).getAttribute('aria-pressed')).toBe('false');
    await expect.poll(() => told()).toContainEqual({ type: 'seek', atMs: 15_020 });
  });

  it('says what was not loaded and what was repaired', async () => {
    await openSession(0);
    await button('3 remote assets were not loaded').click();
    await page.getByText('https://cdn.acme.test/logo.svg').waitFor();
    await page.keyboard.press('Escape');
    await button('2 repairs').click();
    await page.getByText('An event named a node that is not on the page.').waitFor();
  });

  it('keeps other sessions where they are, in tabs that close by keyboard', async () => {
    await openSession(0);
    await ready();
    await page.keyboard.press('End');
    await expect.poll(at).toBe('1:43.2');
    await openSession(1);
    await ready();
    await expect.poll(() => at()).toBe('0:00.0');
    await page.keyboard.press('Control+PageUp');
    await expect.poll(at).toBe('1:43.2');
    await page.getByRole('tab', { name: /ada@acme.test/ }).press('Delete');
    const open = page.getByRole('tablist', { name: 'Open tabs' }).getByRole('tab');
    await expect.poll(() => open.count()).toBe(2);
    await page.getByRole('tab', { name: /grace@acme.test/, selected: true }).waitFor();
  });

  it('says so when the session is gone', async () => {
    await openSession(0);
    await ready();
    const gone = 'f'.repeat(32);
    const saved = JSON.stringify({ tabs: { root: { panels: [gone], shown: gone }, active: gone } });
    await page.addInitScript((text) => localStorage.setItem('traceflow.workbench', text), saved);
    await page.reload();
    await page.getByRole('alert').filter({ hasText: 'not in the library any more' }).waitFor();
    await page.getByRole('button', { name: 'Close the tab' }).click();
    await page.getByRole('grid').waitFor();
  });
});
