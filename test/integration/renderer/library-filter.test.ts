import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { axeFaults } from '../../support/axe.ts';
import { keyOf } from '../../support/workbench/generated-sessions.ts';
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

const open = async (...options: Parameters<WorkbenchHarness['open']>): Promise<void> => {
  page = await harness.open(...options);
  await row(0).waitFor();
};
const grid = () => page.getByRole('grid', { name: 'Sessions' });
const row = (index: number) => grid().locator(`[aria-rowindex="${index + 2}"]`);
const heading = (name: string) => page.getByRole('columnheader', { name, exact: false }).getByRole('button');
const headings = () => grid().locator('.grid-heading > .truncate').allTextContents();
const filters = () => page.getByRole('complementary', { name: 'Filters' });
const value = (group: string, name: string) =>
  filters().getByRole('group', { name: group }).getByRole('checkbox', { name });
const counted = (words: string) => page.locator('.toolbar-count').getByText(words, { exact: true }).waitFor();
const asked = (name: string) =>
  page.evaluate((call) => window.fake.engine.calls.filter((one) => one.name === call).map(({ input }) => input), name);

describe('filters', () => {
  it('say how many sessions each leaves, combine, and are taken out again as chips', async () => {
    await open({ sessions: 60 });
    await counted('60 sessions');
    const confirmed = filters().getByRole('group', { name: 'Verdict' }).locator('label', { hasText: 'Confirmed' });
    await expect.poll(() => confirmed.textContent()).toBe('Confirmed10');
    await value('Verdict', 'Confirmed').check();
    await counted('10 sessions');
    await value('Verdict', 'Likely').check();
    await counted('20 sessions');
    await value('Has', 'Errors').check();
    const source = filters().getByRole('group', { name: 'Source' }).locator('label', { hasText: 'Demo' });
    await expect.poll(() => source.textContent()).toMatch(/^Demo\d+$/);
    const demos = Number((await source.textContent())?.replace('Demo', ''));
    await value('Source', 'Demo').check();
    await counted(demos === 1 ? '1 session' : `${demos} sessions`);
    const chips = page.getByRole('list', { name: 'Chosen filters' });
    await expect
      .poll(() => chips.getByRole('button').allTextContents())
      .toEqual(['Source: Demo', 'Verdict: Confirmed', 'Verdict: Likely', 'Has: Errors', 'Clear filters']);
    expect(await axeFaults(page)).toEqual([]);
    await chips.getByRole('button', { name: 'Remove the filter Source: Demo' }).click();
    await chips.getByRole('button', { name: 'Clear filters' }).click();
    await counted('60 sessions');
    await filters().getByRole('radio', { name: 'Today' }).check();
    await page.getByRole('heading', { name: 'No session is left by these filters' }).waitFor();
    await page.getByRole('button', { name: 'Clear search and filters' }).click();
    await counted('60 sessions');
  });

  it('are saved with a name, applied after a restart, and deleted', async () => {
    await open({ sessions: 60 });
    await value('Tags', 'vip').check();
    await counted('6 sessions');
    await page.getByLabel('Search sessions').fill('ada');
    const menu = page.getByRole('button', { name: 'Saved filters' });
    await menu.click();
    await page.getByRole('menuitem', { name: 'Save these filters…' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Ada, vip');
    await page.keyboard.press('Enter');
    await page.reload();
    await row(0).waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await counted('60 sessions');
    await menu.click();
    await page.getByRole('menuitemcheckbox', { name: 'Ada, vip' }).click();
    await expect.poll(() => page.getByLabel('Search sessions').inputValue()).toBe('ada');
    await expect
      .poll(() => asked('sessions.list'))
      .toContainEqual(expect.objectContaining({ search: 'ada', filter: expect.objectContaining({ tag: ['vip'] }) }));
    await menu.click();
    await page.getByRole('menuitem', { name: 'Delete “Ada, vip”' }).click();
    await menu.click();
    await expect.poll(() => page.getByRole('menuitemcheckbox').count()).toBe(0);
  });
});

describe('columns', () => {
  it('are ordered, pinned, hidden and sorted by several keys, all by keyboard, and stay so', async () => {
    await open({ sessions: 200 });
    await heading('Who').focus();
    await page.keyboard.press('Control+ArrowLeft');
    await expect.poll(async () => (await headings()).slice(0, 2)).toEqual(['Who', 'When']);
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Who');
    await heading('Errors').click();
    await heading('Length').click({ modifiers: ['Shift'] });
    await heading('Length').click({ modifiers: ['Shift'] });
    await expect
      .poll(() => asked('sessions.list'))
      .toContainEqual(
        expect.objectContaining({
          sort: 'errors',
          descending: true,
          thenBy: [{ by: 'durationMs', descending: false }],
        }),
      );
    await heading('Verdict').focus();
    await page.keyboard.press('Alt+ArrowDown');
    await page.getByRole('menuitem', { name: 'Pin the column at the left' }).press('Enter');
    await expect.poll(async () => (await headings())[0]).toBe('Verdict');
    await heading('Where').focus();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Hide the column' }).press('Enter');
    await expect.poll(headings).not.toContain('Where');
    await page.reload();
    await row(0).waitFor();
    expect((await headings()).slice(0, 3)).toEqual(['Verdict', 'Who', 'When']);
    await expect
      .poll(() => page.getByRole('columnheader', { name: 'Errors' }).getAttribute('aria-sort'))
      .toBe('descending');
    await expect
      .poll(() => page.getByRole('columnheader', { name: /Length/ }).textContent())
      .toContain('then ascending, step 2');
    // The pinned column stays where it is while the others scroll below it.
    const left = () =>
      row(0)
        .getByRole('gridcell')
        .first()
        .evaluate((it) => it.getBoundingClientRect().left);
    const before = await left();
    await grid().evaluate((it) => it.scrollTo(120, 0));
    await expect.poll(() => left()).toBe(before);
  });

  it('are dragged to another place', async () => {
    await open({ sessions: 5 });
    await heading('Length').dragTo(heading('Who'));
    await expect.poll(async () => (await headings()).slice(0, 3)).toEqual(['When', 'Length', 'Who']);
  });
});

describe('the selection', () => {
  it('is tagged and pinned from the keyboard, and both can be undone', async () => {
    await open({ sessions: 40 });
    await row(0).click();
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('t');
    await page.getByRole('combobox', { name: 'Add a tag' }).pressSequentially('chec');
    await page.getByRole('option', { name: /checkout/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Tagged “checkout”: 1 session', { exact: true }).waitFor(); // the first row had it already
    await row(1).getByText('checkout', { exact: true }).waitFor();
    await grid().focus();
    await page.keyboard.press('Control+z');
    await expect.poll(() => row(1).getByText('checkout', { exact: true }).count()).toBe(0);
    await row(0).getByText('checkout', { exact: true }).waitFor();
    await grid().focus();
    await page.keyboard.press('p');
    await row(1).getByLabel('Pinned').waitFor();
    await expect.poll(() => asked('sessions.pin')).toEqual([{ keys: [keyOf(0), keyOf(1)], pinned: true }]);
    await page.keyboard.press('Control+z');
    await expect.poll(() => row(1).getByLabel('Pinned').count()).toBe(0);
  });

  it('is previewed beside the list and below it, with its chain, tags and notes', async () => {
    await open({ sessions: 40 });
    await row(0).click();
    await page.keyboard.press('i');
    const preview = page.getByRole('region', { name: 'Preview' });
    await preview.getByText('ada@acme.test').waitFor();
    await expect.poll(() => preview.getByRole('listitem').count()).toBeGreaterThan(2);
    await preview.getByLabel('Add a note about the session').fill('look at the second click');
    await page.keyboard.press('Enter');
    await preview.getByText('look at the second click').waitFor();
    await preview.getByRole('combobox', { name: 'Add a tag' }).fill('Follow  Up');
    await page.keyboard.press('Enter');
    await preview.getByRole('button', { name: 'Remove the tag follow up' }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.screenshot({ path: 'test-results/library/preview-beside.png' });
    await preview.getByRole('button', { name: 'Show below the list' }).click();
    await grid().focus();
    await page.keyboard.press('ArrowDown');
    await preview.getByText('grace@acme.test').waitFor();
    await page.screenshot({ path: 'test-results/library/preview-below.png' });
  });
});

it('looks right in both themes and in small and large windows', async () => {
  await open({ sessions: 400 });
  await value('Has', 'Errors').check();
  await value('Verdict', 'Confirmed').check();
  await row(2).click();
  await row(4).click({ modifiers: ['Shift'] });
  await page.getByText('3 selected').waitFor();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [width, height] of [
      [1280, 720],
      [2560, 1440],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: `test-results/library/${colorScheme}-${width}.png` });
      const overflow = await page.evaluate(() => {
        const root = document.documentElement;
        return [root.scrollWidth > root.clientWidth, root.scrollHeight > root.clientHeight];
      });
      expect(overflow).toEqual([false, false]);
    }
    expect(await axeFaults(page)).toEqual([]);
  }
});
