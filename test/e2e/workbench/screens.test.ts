import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { launchApp } from '../../support/app.ts';
import { axeFaults } from '../../support/axe.ts';

const PICTURES = join(process.env.TRACEFLOW_TEST_RESULTS ?? 'test-results', 'screens');
const SMALL = { width: 1280, height: 720 } as const;
const SIZES = [{ width: 2560, height: 1440 }, SMALL] as const;
const PANES = ['Actions', 'Console', 'Network', 'Backend', 'Elements', 'Events', 'Notes'] as const;
const SECTIONS = ['Servers', 'Storage', 'Appearance', 'Privacy', 'Models', 'Shortcuts'] as const;
const PLACES = ['Live', 'Insights', 'Findings', 'Query'] as const;
const THEMES = ['Light', 'Dark', 'High contrast, light', 'High contrast, dark'] as const;

/** One thing that is looked at, and how one gets there. */
type Screen = readonly [name: string, go: () => Promise<unknown>];

/** What scrolls inside of something that scrolls the same way, and what sticks out of the window or of its row. */
const layoutFaults = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const scrolls = (element: Element): boolean =>
      /auto|scroll/.test(getComputedStyle(element).overflowY) && element.scrollHeight > element.clientHeight + 1;
    const name = (element: Element): string => `${element.tagName} .${element.className}`;
    const faults: string[] = [];
    if (document.documentElement.scrollWidth > innerWidth) faults.push('the window scrolls sideways');
    for (const row of document.querySelectorAll('[role="toolbar"], nav')) {
      const { right, bottom } = row.getBoundingClientRect();
      for (const control of row.querySelectorAll('button')) {
        const box = control.getBoundingClientRect();
        if (control.checkVisibility() && (box.right > right + 1 || box.bottom > bottom + 1))
          faults.push(`${control.ariaLabel ?? control.textContent} sticks out of ${name(row)}`);
      }
    }
    for (const element of document.querySelectorAll('*')) {
      if (!element.checkVisibility() || !scrolls(element)) continue;
      // A dialog lies over everything, wherever it stands in the document.
      for (let outer = element.parentElement; outer; outer = outer.matches('dialog') ? null : outer.parentElement) {
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
  const library = (): Promise<void> => page.getByRole('tab', { name: 'Library' }).click();
  const screens: readonly Screen[] = [
    ['library', library],
    ...PANES.map((name): Screen => [`session ${name.toLowerCase()}`, pane(name)]),
    ...SECTIONS.map((name): Screen => [`settings ${name.toLowerCase()}`, section(name)]),
    ...PLACES.map((name): Screen => [name.toLowerCase(), place(name)]),
  ];
  const button = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
  const shown = (role: 'dialog' | 'alertdialog' | 'menu', name: string | RegExp): Promise<void> =>
    page.getByRole(role, { name }).waitFor();
  const search = (text: string): Promise<void> => page.getByLabel('Search sessions').fill(text);
  const row = page.locator('[aria-rowindex="2"]');
  /** What floats over a screen until Escape. */
  const overlays: readonly Screen[] = [
    ['palette', () => page.keyboard.press('Control+k').then(() => shown('dialog', 'Commands and sessions'))],
    ['shortcuts', () => button('Keyboard shortcuts').then(() => shown('dialog', 'Keyboard shortcuts'))],
    ['notifications', () => button('Notifications').then(() => shown('dialog', 'Notifications'))],
    [
      'columns',
      () =>
        library()
          .then(() => button('Columns'))
          .then(() => shown('menu', 'Columns')),
    ],
    ['row menu', () => row.click({ button: 'right' }).then(() => shown('menu', 'Selected sessions'))],
    ['tag', () => button('Tag').then(() => shown('dialog', 'Tag the selection'))],
    [
      'save filters',
      async () => {
        await search('shop');
        await button('Saved filters');
        await page.getByRole('menuitem', { name: 'Save these filters…' }).click();
        await shown('dialog', 'Save the filters');
      },
    ],
    [
      'no match',
      () => search('nobody at all').then(() => page.getByRole('heading', { name: /^No session matches/ }).waitFor()),
    ],
    [
      'delete all',
      () =>
        section('Privacy')()
          .then(() => button('Delete all local data…'))
          .then(() => shown('alertdialog', /^Delete/)),
    ],
    [
      'server that cannot be reached',
      async () => {
        await section('Servers')();
        const servers = page.getByRole('region', { name: 'Servers', exact: true });
        await servers.getByLabel('URL', { exact: true }).fill('http://127.0.0.1:9');
        await servers.getByLabel('Read token').fill('x');
        await servers.getByRole('button', { name: 'Test' }).click();
        await servers.getByText('127.0.0.1:9').first().waitFor();
      },
    ],
    [
      'request',
      () =>
        pane('Network')().then(() =>
          page.getByRole('listbox', { name: 'Requests' }).getByRole('option').first().click(),
        ),
    ],
    [
      'find',
      async () => {
        await pane('Actions')();
        await page.keyboard.press('Control+f');
        await page.getByLabel('Find in session').fill('pay');
      },
    ],
    [
      'ask preview',
      async () => {
        const ask = page.getByRole('region', { name: 'Ask a model' });
        await ask.getByRole('textbox').fill('Why did Pay do nothing?');
        await ask.getByRole('button', { name: 'See what would be sent…' }).click();
        await shown('dialog', /^Send this to/);
      },
    ],
  ];
  const look = async (name: string, sizes: readonly (typeof SIZES)[number][], axe: boolean): Promise<void> => {
    for (const size of sizes) {
      await page.setViewportSize(size);
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      await page.screenshot({ path: join(PICTURES, `${name}-${size.width}.png`) });
      for (const fault of await layoutFaults(page)) faults.push(`${name} ${size.width}: ${fault}`);
    }
    if (axe)
      for (const fault of await axeFaults(page, { floating: sizes.length === 1 })) faults.push(`${name}: ${fault}`);
  };
  try {
    await page.getByRole('button', { name: 'Explore the demo workspace' }).waitFor();
    await look('empty library', SIZES, true);
    await page.getByRole('button', { name: 'Explore the demo workspace' }).click();
    await page.getByRole('gridcell').first().waitFor({ timeout: 60_000 });
    await section('Models')();
    await page.getByLabel('Base URL').fill('http://127.0.0.1:9/v1');
    await page.getByLabel('Model', { exact: true }).fill('small-1');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('button', { name: 'AI: local only' }).waitFor();
    await library();
    await row.dblclick();
    await page.getByRole('slider').first().waitFor({ timeout: 60_000 });
    for (const theme of THEMES) {
      await section('Appearance')();
      await page.getByLabel(theme, { exact: true }).check();
      // Contrast is what the two more themes differ in: their colours are checked in pairs by a unit test.
      const [sizes, axe] = theme.startsWith('High') ? ([[SMALL], false] as const) : ([SIZES, true] as const);
      for (const [name, go] of screens) {
        await go();
        await look(`${name} ${theme.toLowerCase()}`, sizes, axe);
      }
      for (const [name, go] of overlays) {
        await go();
        await look(`${name} ${theme.toLowerCase()}`, [SMALL], theme === 'Light');
        await page.keyboard.press('Escape');
        await page.locator('dialog, [role="dialog"], [role="menu"]').waitFor({ state: 'detached' });
      }
    }
    await section('Appearance')();
    await page.getByLabel('Text size').selectOption('200');
    for (const [name, go] of screens) {
      await go();
      await look(`${name} large`, [SMALL], false);
    }
    expect(faults).toEqual([]);
    expect(log.filter((line) => /pageerror|Content Security Policy/.test(line))).toEqual([]);
  } finally {
    await close();
  }
}, 480_000);
