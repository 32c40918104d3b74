import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Job } from '../../../shared/ipc/job.ts';
import { startWorkbenchHarness, type WorkbenchHarness } from '../../support/workbench/open-workbench.ts';

let harness: WorkbenchHarness;
let page: Page;
beforeAll(async () => {
  harness = await startWorkbenchHarness();
});
afterAll(() => harness.close());
afterEach(async () => {
  expect(await page.evaluate(() => window.fake.violations)).toEqual([]);
  await page.context().close();
});

const focused = (): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null);

/** Controls that stick out of the window, or of a box that hides what sticks out and cannot be scrolled. */
const cutOff = (): Promise<string[]> =>
  page.evaluate(() => {
    const clips = (style: CSSStyleDeclaration): boolean => style.overflow === 'hidden' || style.overflow === 'clip';
    const controls = [...document.querySelectorAll<HTMLElement>('button, input, [role="tab"], [role="slider"]')];
    return controls
      .filter((control) => control.checkVisibility())
      .filter((control) => {
        const box = control.getBoundingClientRect();
        if (box.width === 0 || control.closest('.list-row, .grid-canvas, .tabs, .kinds, .evidence-body, .dialog-body'))
          return false;
        if (box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.left < -1 || box.top < -1) return true;
        for (let parent = control.parentElement; parent; parent = parent.parentElement) {
          const outer = parent.getBoundingClientRect();
          if (clips(getComputedStyle(parent)) && (box.right > outer.right + 1 || box.bottom > outer.bottom + 1))
            return true;
        }
        return false;
      })
      .map((control) => control.getAttribute('aria-label') ?? control.textContent ?? control.tagName);
  });

/** Controls without a name, as far as that can be told without the accessibility tree. */
const nameless = (): Promise<string[]> =>
  page.evaluate(() =>
    [
      ...document.querySelectorAll<HTMLElement>(
        'button, input, [role="slider"], [role="grid"], [role="listbox"], iframe',
      ),
    ]
      .filter((it) => {
        const labelled = it.getAttribute('aria-label') ?? it.getAttribute('title') ?? it.textContent?.trim();
        return !labelled && !(it instanceof HTMLInputElement && it.labels && it.labels.length > 0);
      })
      .map((it) => it.outerHTML.slice(0, 120)),
  );

describe('the window', () => {
  it.each([
    { width: 640, height: 360 }, // 1280 x 720 with text at 200 %
    { width: 900, height: 560 },
    { width: 1280, height: 720 },
    { width: 2560, height: 1440 },
  ])('shows every control whole and named at $width x $height', async (viewport) => {
    page = await harness.open({ sessions: 200, context: { viewport } });
    await page.getByRole('gridcell').first().waitFor();
    expect(await cutOff()).toEqual([]);
    await page.locator('[aria-rowindex="2"]').dblclick();
    await page.getByRole('button', { name: '3 remote assets were not loaded' }).waitFor();
    expect(await cutOff()).toEqual([]);
    expect(await nameless()).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });

  it('lists its shortcuts at ?, and gives the focus back', async () => {
    page = await harness.open();
    const library = page.getByRole('button', { name: 'Keyboard shortcuts' });
    await library.focus();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('Skip inactivity').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focused()).toBe('Keyboard shortcuts');
  });

  it('changes its colours and tells the shell', async () => {
    page = await harness.open({ context: { colorScheme: 'light' } });
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await page.getByRole('button', { name: 'Colours' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Dark' }).click();
    await expect.poll(background).not.toBe(light);
    expect(await page.evaluate(() => window.fake.shellCalls)).toContainEqual({
      name: 'theme.set',
      input: { theme: 'dark' },
    });
    await page.reload();
    await expect.poll(background).not.toBe(light);
  });

  it('shows jobs with a way to cancel them, and how they ended', async () => {
    const job: Job = {
      id: 'j',
      kind: 'sync',
      title: 'Sync with Acme',
      state: 'running',
      done: 5,
      total: 10,
      unit: 'changes',
      startedAt: 0,
      endedAt: null,
      message: null,
      sessions: [],
    };
    page = await harness.open({ jobs: [job] });
    expect(await page.getByRole('progressbar', { name: 'Sync with Acme' }).getAttribute('aria-valuenow')).toBe('50');
    await page.getByRole('button', { name: 'Cancel: Sync with Acme' }).click();
    await page.getByRole('progressbar').waitFor({ state: 'detached' });
  });

  it('tests, adds and removes a server, and runs the local one', async () => {
    page = await harness.open();
    await page.getByRole('button', { name: 'Servers', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Servers' });
    await dialog.getByLabel('URL', { exact: true }).fill('foo');
    await dialog.getByLabel('Read token').fill('secret');
    await dialog.getByRole('button', { name: 'Test' }).click();
    await dialog.getByText('"foo" is not an address.').waitFor();
    await dialog.getByLabel('URL', { exact: true }).fill('https://traceflow.acme.test');
    await dialog.getByRole('button', { name: 'Save and sync' }).click();
    await dialog.getByText('Connected to Shop.').waitFor();
    await dialog.getByRole('button', { name: 'Remove Shop' }).click();
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
    await dialog.getByText('None yet.').waitFor();
    await dialog.getByRole('button', { name: 'Start the server' }).click();
    await dialog.getByText('http://127.0.0.1:4318', { exact: true }).waitFor();
    await dialog.getByRole('button', { name: 'Copy write key' }).click();
    await dialog.getByText('Copied').waitFor({ state: 'attached' });
  });
});
