import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Job } from '../../../shared/ipc/job.ts';
import { axeFaults } from '../../support/axe.ts';
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
        if (box.width === 0) return false;
        for (let parent = control.parentElement; parent; parent = parent.parentElement) {
          const { overflowX, overflowY } = getComputedStyle(parent);
          if (overflowX === 'auto' || overflowY === 'auto') return false; // it can be scrolled to
        }
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
    await expect.poll(() => cutOff()).toEqual([]);
    await page.locator('[aria-rowindex="2"]').dblclick();
    await page.getByRole('button', { name: '3 remote assets were not loaded' }).waitFor();
    await expect.poll(() => cutOff()).toEqual([]);
    await expect.poll(() => nameless()).toEqual([]);
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });

  it('lists its shortcuts at ?, and gives the focus back', async () => {
    page = await harness.open();
    const library = page.getByRole('button', { name: 'Keyboard shortcuts' });
    await library.focus();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('Skip inactivity').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => focused()).toBe('Keyboard shortcuts');
  });

  it('changes its theme, text and motion, and tells the shell', async () => {
    page = await harness.open({ context: { colorScheme: 'light' } });
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await page.keyboard.press('Control+,');
    await page.getByRole('button', { name: 'Appearance' }).click();
    await page.getByLabel('High contrast, dark').check();
    await expect.poll(background).toBe('rgb(0, 0, 0)');
    await page.getByLabel('Text size').selectOption('150');
    await page.getByLabel('Reduce motion').check();
    const calls = () => page.evaluate(() => window.fake.shellCalls);
    await expect.poll(calls).toContainEqual({ name: 'theme.set', input: { theme: 'dark' } });
    await expect.poll(calls).toContainEqual({ name: 'zoom.set', input: { percent: 150 } });
    await page.keyboard.press('Control+0');
    await expect.poll(calls).toContainEqual({ name: 'zoom.set', input: { percent: 100 } });
    await page.reload();
    await expect.poll(background).not.toBe(light);
    await expect
      .poll(() => page.evaluate(() => ({ ...document.documentElement.dataset })))
      .toEqual({
        theme: 'dark',
        contrast: 'more',
        motion: 'less',
      });
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
    await expect
      .poll(() => page.getByRole('progressbar', { name: 'Sync with Acme' }).getAttribute('aria-valuenow'))
      .toBe('50');
    await page.getByRole('button', { name: 'Cancel: Sync with Acme' }).click();
    await page.getByRole('progressbar').waitFor({ state: 'detached' });
  });

  it('tests, adds and removes a server, and runs the local one', async () => {
    page = await harness.open();
    await page.getByRole('button', { name: 'No server connected' }).click();
    const servers = page.getByRole('region', { name: 'Servers', exact: true });
    await servers.getByLabel('URL', { exact: true }).fill('foo');
    await servers.getByLabel('Read token').fill('secret');
    await servers.getByRole('button', { name: 'Test' }).click();
    await servers.getByText('"foo" is not an address.').waitFor();
    await servers.getByLabel('URL', { exact: true }).fill('https://traceflow.acme.test');
    await servers.getByRole('button', { name: 'Save and sync' }).click();
    await servers.getByText('Connected to Shop.').waitFor();
    await servers.getByRole('button', { name: 'Remove Shop' }).click();
    await servers.getByRole('button', { name: 'Remove', exact: true }).click();
    await servers.getByText('None yet.').waitFor();
    await servers.getByRole('button', { name: 'Start the server' }).click();
    await servers.getByText('http://127.0.0.1:4318', { exact: true }).waitFor();
    await servers.getByRole('button', { name: 'Copy write key' }).click();
    await servers.getByText('Copied').waitFor({ state: 'attached' });
  });

  it('says what happened also after the message went', async () => {
    page = await harness.open({ sessions: 0 });
    await page.getByRole('button', { name: 'Explore the demo workspace' }).click();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByRole('button', { name: 'Notifications' }).click();
    await page.getByRole('dialog', { name: 'Notifications' }).getByText('12 sessions are in the library.').waitFor();
  });

  it('says that it is offline', async () => {
    page = await harness.open();
    await page.context().setOffline(true);
    await page.getByText('Offline', { exact: true }).waitFor();
    await page.context().setOffline(false);
    await page.getByText('Offline', { exact: true }).waitFor({ state: 'detached' });
  });
});

describe('the palette', () => {
  it('runs commands, opens settings and finds sessions, and every place is reached', async () => {
    page = await harness.open({ sessions: 20 });
    await page.getByRole('gridcell').first().waitFor();
    const palette = page.getByRole('dialog', { name: 'Commands and sessions' });
    const field = palette.getByRole('combobox');
    await page.keyboard.press('Control+k');
    await field.fill('go to insi');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'What many sessions have in common' }).waitFor();
    for (const [key, heading] of [
      ['2', 'Sessions as they happen'],
      ['4', 'Causes, each with its sessions'],
      ['5', 'Questions to all sessions'],
    ] as const) {
      await page.keyboard.press(`Control+${key}`);
      await page.getByRole('heading', { name: heading }).waitFor();
    }
    await page.keyboard.press('Control+k');
    await field.fill('storage');
    await page.keyboard.press('Enter');
    await page.getByText('/home/ada/.config/traceflow').waitFor();
    await page.keyboard.press('Control+k');
    await field.fill('grace');
    await palette
      .getByRole('option', { name: /grace@acme\.test/ })
      .first()
      .waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: /grace@acme\.test/, selected: true }).waitFor();
  });
});

describe('shortcuts', () => {
  it('are changed, refused where they are taken, and reset', async () => {
    page = await harness.open();
    await page.getByRole('gridcell').first().waitFor();
    await page.keyboard.press('?');
    await page.getByRole('button', { name: 'Change shortcuts…' }).click();
    await page.getByRole('button', { name: 'Change: Go to live sessions' }).click();
    await page.getByLabel('New keys for: Go to live sessions').press('Control+k');
    await page.getByText('Already: Search commands and sessions').waitFor();
    await page.getByLabel('New keys for: Go to live sessions').press('Control+l');
    await page.getByRole('row', { name: /Go to live sessions Ctrl\+L/ }).waitFor();
    await page.keyboard.press('Control+l');
    await page.getByRole('heading', { name: 'Sessions as they happen' }).waitFor();
    await page.keyboard.press('Control+,');
    await page.getByRole('button', { name: 'Reset: Go to live sessions' }).click();
    await page.getByRole('row', { name: /Go to live sessions Ctrl\+2/ }).waitFor();
  });
});
