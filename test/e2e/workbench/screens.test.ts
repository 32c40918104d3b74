import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { launchApp } from '../../support/app.ts';
import { axeFaults } from '../../support/axe.ts';

const PICTURES = join(process.env.TRACEFLOW_TEST_RESULTS ?? 'test-results', 'screens');
const SIZES = [
  { width: 2560, height: 1440 },
  { width: 1280, height: 720 },
] as const;
const PANES = ['Actions', 'Console', 'Network', 'Elements', 'Events', 'Notes'] as const;
const SECTIONS = ['Servers', 'Storage', 'Appearance', 'Privacy', 'Models', 'Shortcuts'] as const;
const PLACES = ['Live', 'Insights', 'Findings', 'Query'] as const;
const THEMES = ['Light', 'Dark', 'High contrast, dark'] as const;

/** What scrolls inside of something that scrolls the same way, and what sticks out of the window. */
const layoutFaults = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const scrolls = (element: Element): boolean =>
      /auto|scroll/.test(getComputedStyle(element).overflowY) && element.scrollHeight > element.clientHeight + 1;
    const name = (element: Element): string => `${element.tagName} .${element.className}`;
    const faults: string[] = [];
    if (document.documentElement.scrollWidth > innerWidth) faults.push('the window scrolls sideways');
    for (const element of document.querySelectorAll('*')) {
      if (!element.checkVisibility() || !scrolls(element)) continue;
      for (let outer = element.parentElement; outer; outer = outer.parentElement) {
        if (scrolls(outer)) faults.push(`${name(element)} scrolls inside of ${name(outer)}`);
      }
    }
    return faults;
  });

test('every screen in every theme and size: a picture, no fault axe finds, nothing that overflows or scrolls twice', async () => {
  const { page, close, log } = await launchApp();
  const faults: string[] = [];
  mkdirSync(PICTURES, { recursive: true });

  const place = (name: string) => async () => {
    await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name }).click();
    await page.getByRole('tab', { name, selected: true }).waitFor();
  };
  const section = (name: string) => async () => {
    await page.keyboard.press('Control+,');
    await page.getByRole('navigation', { name: 'Sections of the settings' }).getByRole('button', { name }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
  };
  const pane = (name: string) => async () => {
    await page.getByRole('tab', { name: /anonymous/ }).click();
    await page.getByRole('tab', { name, exact: true }).click();
    await page.getByRole('tab', { name, exact: true, selected: true }).waitFor();
  };
  const screens: readonly (readonly [string, () => Promise<void>])[] = [
    ['library', () => page.getByRole('tab', { name: 'Library' }).click()],
    ...PANES.map((name) => [`session ${name.toLowerCase()}`, pane(name)] as const),
    ...SECTIONS.map((name) => [`settings ${name.toLowerCase()}`, section(name)] as const),
    ...PLACES.map((name) => [name.toLowerCase(), place(name)] as const),
    ['palette', () => page.keyboard.press('Control+k')],
  ];
  const look = async (name: string): Promise<void> => {
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      await page.screenshot({ path: join(PICTURES, `${name}-${size.width}.png`) });
      for (const fault of await layoutFaults(page)) faults.push(`${name} ${size.width}: ${fault}`);
    }
    for (const fault of await axeFaults(page)) faults.push(`${name}: ${fault}`);
  };
  try {
    await page.getByRole('button', { name: 'Explore the demo workspace' }).waitFor();
    await look('empty library');
    await page.getByRole('button', { name: 'Explore the demo workspace' }).click();
    await page.getByRole('gridcell').first().waitFor({ timeout: 60_000 });
    await page.locator('[aria-rowindex="2"]').dblclick();
    await page.getByRole('slider').first().waitFor({ timeout: 60_000 });
    for (const theme of THEMES) {
      await page.keyboard.press('Control+,');
      await page.getByRole('button', { name: 'Appearance' }).click();
      await page.getByLabel(theme, { exact: true }).check();
      for (const [name, go] of screens) {
        await go();
        await look(`${name} ${theme.toLowerCase()}`);
      }
      await page.keyboard.press('Escape');
    }
    expect(faults).toEqual([]);
    expect(log.filter((line) => /pageerror|Content Security Policy/.test(line))).toEqual([]);
  } finally {
    await close();
  }
});
