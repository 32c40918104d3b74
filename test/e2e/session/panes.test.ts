import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchApp, type RunningApp } from '../../support/app.ts';
import { eventRow, recordedPage, seekByRow } from '../../support/session-page.ts';

/**
 * The session view in the real app on the demo workspace: from each pane and each lane the playhead can be moved, and each
 * follows when it is moved elsewhere.
 */
const PICTURES = join(process.env.TRACEFLOW_TEST_RESULTS ?? tmpdir(), 'session');
const PATIENT = { timeout: 30_000 };

let running: RunningApp;
let page: Page;

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  running = await launchApp();
  page = running.page;
  await page.getByRole('button', { name: 'Explore the demo workspace' }).first().click();
  // While sessions still come in, rows move under the pointer.
  await page.getByText('Open the demo workspace: done').first().waitFor({ timeout: 120_000 });
  const failing = page.getByRole('row').filter({ hasText: '/api/orders' }).filter({ hasText: '500' }).first();
  await failing.waitFor({ timeout: 120_000 });
  await failing.dblclick();
  await recordedPage(page).locator('body').waitFor({ timeout: 60_000 });
  await page.locator('[role="slider"][aria-label="Playhead"][aria-disabled="false"]').waitFor({ timeout: 60_000 });
}, 240_000);

afterAll(async () => {
  await running?.close();
  const complaints = running?.log.filter((line) => /pageerror|Content Security Policy/.test(line));
  expect(complaints).toEqual([]);
});

const playhead = (): Locator => page.getByRole('slider', { name: 'Playhead' });
const at = (): Promise<string | null> => playhead().getAttribute('aria-valuetext');
const toStart = async (): Promise<void> => {
  await playhead().focus();
  await page.keyboard.press('Home');
  await expect.poll(at, PATIENT).toBe('0:00.0');
};
const toEnd = async (): Promise<void> => {
  await playhead().focus();
  await page.keyboard.press('End');
  await expect.poll(at, PATIENT).not.toBe('0:00.0');
};
const pane = async (name: string): Promise<Locator> => {
  await page.getByRole('tablist', { name: 'Panes' }).getByRole('tab', { name, exact: true }).click();
  const shown = page.getByRole('region', { name, exact: true });
  await shown.waitFor();
  return shown;
};
const current = (within: Locator): Locator => within.locator('[aria-current="true"]').first();
const picture = (name: string): Promise<unknown> => page.screenshot({ path: join(PICTURES, `${name}.png`) });

/** The time a row shows, as the playhead says it: tenths of a second. */
const tenths = (text: string | null): string => /\d+:\d\d\.\d/.exec(text ?? '')?.[0] ?? 'no time';

describe('every pane seeks and follows', () => {
  for (const [name, role] of [
    ['Actions', 'option'],
    ['Console', 'treeitem'],
    ['Network', 'option'],
    ['Backend', 'treeitem'],
    ['Events', 'option'],
  ] as const) {
    test(name, async () => {
      const shown = await pane(name);
      await toStart();
      const rows = shown.getByRole(role);
      await expect.poll(() => rows.count(), PATIENT).toBeGreaterThan(0);
      await toEnd();
      const last = current(shown);
      // What is up is asked for, and shows a moment later: until then it is a row of the start.
      const up = (): Promise<string | null> =>
        shown.locator('[aria-current="true"]').evaluateAll(([row]) => row?.textContent ?? '0:00.0');
      await expect.poll(async () => tenths(await up()), PATIENT).not.toBe('0:00.0');
      const id = await last.getAttribute('aria-posinset');
      await last.click();
      if (name === 'Network') {
        await shown.getByRole('tab', { name: 'Timing' }).click();
        await shown.getByRole('button', { name: 'Close the request' }).click();
      } else await expect.poll(at, PATIENT).toBe(tenths(await last.textContent()));
      await expect.poll(at, PATIENT).not.toBe('0:00.0');
      await toStart();
      await expect.poll(() => shown.locator(`[aria-posinset="${id}"][aria-current="true"]`).count(), PATIENT).toBe(0);
      await picture(`pane-${name.toLowerCase()}`);
    });
  }

  test('Events shows what was recorded as JSON', async () => {
    const shown = await pane('Events');
    await toStart();
    await shown
      .getByRole('option', { name: /full snapshot/ })
      .first()
      .click();
    await expect.poll(() => shown.locator('.view-lines').innerText(), PATIENT).toContain('"type"');
  });

  test('Elements', async () => {
    const shown = await pane('Elements');
    await toStart();
    const rows = shown.getByRole('treeitem');
    await expect.poll(() => rows.filter({ hasText: '<body' }).count(), PATIENT).toBe(1);
    const count = shown.getByRole('status');
    await shown.getByRole('searchbox').fill('checkout');
    await expect.poll(() => count.textContent(), PATIENT).not.toBe('');
    const atStart = await count.textContent();
    await pane('Actions');
    await seekByRow(page, eventRow(page, 'Click "Pay"'));
    await pane('Elements');
    await expect.poll(() => count.textContent(), PATIENT).not.toBe(atStart);
    const outline = page.frameLocator('iframe[title="Recorded page"]').locator('.tf-highlight');
    await rows.filter({ hasText: '<body' }).click();
    await expect.poll(() => outline.isVisible(), PATIENT).toBe(true);
    await picture('pane-elements');
    await toStart();
    await expect.poll(() => count.textContent(), PATIENT).toBe(atStart);
    await shown.getByRole('searchbox').fill('');
  });

  test('Notes', async () => {
    const shown = await pane('Notes');
    await toEnd();
    const end = await at();
    await shown.getByRole('button', { name: 'Note at the playhead' }).click();
    await page.keyboard.type('Here the page says nothing');
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => shown.getByRole('listitem').count(), PATIENT).toBe(1);
    await expect.poll(() => current(shown).count(), PATIENT).toBe(1);
    await toStart();
    await expect.poll(() => current(shown).count(), PATIENT).toBe(0);
    await shown.getByRole('listitem').getByRole('button').first().click();
    await expect.poll(at, PATIENT).toBe(end);
    await picture('pane-notes');
  });
});

describe('every lane seeks and follows', () => {
  for (const name of [
    'Navigation',
    'Actions',
    'Frustration',
    'Console',
    'Errors',
    'Requests',
    'Backend',
    'Performance',
    'Notes',
  ]) {
    test(name, async () => {
      const lane = page.getByRole('button', { name: new RegExp(`^Lane ${name} `) });
      await toStart();
      if ((await lane.getAttribute('aria-label'))?.endsWith('nothing recorded')) {
        // An honest lane: the demo recordings have nothing of this kind, and it says so.
        await expect.poll(() => lane.innerText()).toContain('–');
        return;
      }
      const passed = (): Promise<string | null | undefined> =>
        lane.evaluate((it) => document.getElementById(it.getAttribute('aria-describedby') ?? '')?.textContent);
      await lane.focus();
      // The first things happen within the first tenth of a second, which the playhead does not tell apart.
      for (let step = 0; step < 10 && (await at()) === '0:00.0'; step++) {
        const before = await passed();
        await page.keyboard.press('ArrowRight');
        await expect.poll(passed, PATIENT).not.toBe(before);
      }
      await expect.poll(() => at()).not.toBe('0:00.0');
      await expect.poll(async () => (await passed())?.startsWith((await at()) ?? '?'), PATIENT).toBe(true);
      const there = await passed();
      await toStart();
      await expect.poll(passed, PATIENT).not.toBe(there);
    });
  }

  test('a click on a mark goes exactly there', async () => {
    await toEnd();
    await page
      .getByRole('button', { name: /^Lane (?:Errors|Requests) / })
      .last()
      .focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(at, PATIENT).not.toBe('0:00.0');
    const exact = await at();
    const box = await playhead().boundingBox();
    const shareOf = (text: string | null): number => {
      const [minutes = 0, seconds = 0] = (text ?? '').split(':').map(Number);
      return minutes * 60 + seconds;
    };
    const end = Number(
      await page
        .locator('.clock .faint')
        .innerText()
        .then((text) => shareOf(text.replace(' / ', ''))),
    );
    const lane = await page.getByRole('button', { name: /^Lane Requests / }).boundingBox();
    await toStart();
    if (!box || !lane) throw new Error('the timeline has no box');
    // The waterfall puts it on one of its lines: one of them is hit.
    for (let line = 0; line < 5 && (await at()) !== exact; line++) {
      await page.mouse.click(
        box.x + (shareOf(exact) / end) * box.width + 1,
        lane.y + 3 + (line * (lane.height - 2)) / 5,
      );
    }
    await expect.poll(at, PATIENT).toBe(exact);
    await picture('timeline');
  });
});

test('find in session marks its hits and seeks', async () => {
  await toStart();
  await page.getByRole('button', { name: 'Find in the session' }).click();
  await page.getByLabel('Find in session').fill('/api/orders');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByRole('search').getByRole('status').textContent(), PATIENT).toMatch(/^1 of \d+$/);
  await expect.poll(at, PATIENT).not.toBe('0:00.0');
  await picture('find');
  await page.keyboard.press('Escape');
});

test('masks are marked on the page, and the session fills the screen', async () => {
  await toEnd();
  await page.getByRole('button', { name: 'Drawn over the page' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'What was masked' }).click();
  await page.keyboard.press('Escape');
  const frame = page.frameLocator('iframe[title="Recorded page"]');
  await expect.poll(() => frame.locator('.tf-mask').count(), PATIENT).toBeGreaterThan(0);
  await picture('masks');
  await page.getByRole('button', { name: 'Full screen' }).click();
  await page.getByRole('button', { name: 'Leave full screen' }).click(PATIENT);
  await page.getByRole('button', { name: 'Full screen' }).waitFor(PATIENT);
  await expect.poll(() => page.evaluate(() => document.fullscreenElement)).toBeNull();
});
