import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
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
};
const grid = () => page.getByRole('grid', { name: 'Sessions' });
const row = (index: number) => grid().locator(`[aria-rowindex="${index + 2}"]`);
const selected = () => grid().locator('[role="row"][aria-selected="true"]').count();
const listCalls = () =>
  page.evaluate(() =>
    window.fake.engine.calls.filter(({ name }) => name === 'sessions.list').map(({ input }) => input),
  );

describe('the library', () => {
  it('scrolls 100,000 sessions to the end, fetching only what is looked at', async () => {
    await open({ sessions: 100_000 });
    await row(0).getByText('ada@acme.test').waitFor();
    await grid().focus();
    await page.keyboard.press('End');
    await row(99_999).getByRole('gridcell').nth(1).getByText('@').or(row(99_999).getByText('anonymous')).waitFor();
    await expect.poll(() => grid().getByRole('row').count()).toBeLessThan(60);
    expect((await listCalls()).length).toBeLessThan(8);
  });

  it('sorts by a heading through the engine, and back', async () => {
    await open({ sessions: 500 });
    await row(0).waitFor();
    const heading = page.getByRole('columnheader', { name: 'Length' });
    await heading.getByRole('button').click();
    await expect.poll(() => heading.getAttribute('aria-sort')).toBe('descending');
    await heading.getByRole('button').click();
    await expect.poll(() => heading.getAttribute('aria-sort')).toBe('ascending');
    await expect.poll(listCalls).toContainEqual(expect.objectContaining({ sort: 'durationMs', descending: false }));
    await expect.poll(() => row(0).getByRole('gridcell').nth(4).textContent()).toBe('0:42.3');
  });

  it('selects by mouse and keyboard, and deletes so that it can be undone', async () => {
    await open({ sessions: 50 });
    await row(2).click();
    await row(5).click({ modifiers: ['Shift'] });
    await expect.poll(() => selected()).toBe(4);
    await row(4).click({ modifiers: ['ControlOrMeta'] });
    await expect.poll(() => selected()).toBe(3);
    await row(7).click();
    await page.keyboard.press('Shift+ArrowDown');
    await expect.poll(selected).toBe(2);
    await page.keyboard.press('Delete');
    await page.getByText('48 sessions', { exact: true }).waitFor();
    const hidden = await page.evaluate(
      () => window.fake.engine.calls.find(({ name }) => name === 'sessions.hide')?.input,
    );
    expect(hidden).toEqual({ keys: [keyOf(7), keyOf(8)] });
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('50 sessions', { exact: true }).waitFor();
  });

  it('selects a range whose rows were never on the screen', async () => {
    await open({ sessions: 2000 });
    await row(0).click();
    await page.keyboard.press('Shift+End');
    await page.getByText('2,000 selected').waitFor();
  });

  it('opens the menu of a row at the first right click, and opens sessions with Enter', async () => {
    await open({ sessions: 50 });
    await row(3).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Delete local copy' }).waitFor();
    await page.getByRole('menuitem', { name: 'Export…' }).click();
    const exported = await page.evaluate(
      () => window.fake.shellCalls.find(({ name }) => name === 'dialog.export')?.input,
    );
    expect(exported).toEqual({ keys: [keyOf(3)] });
    await row(1).click();
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: /grace@acme.test/, selected: true }).waitFor();
  });

  it('searches, says when nothing matches, and comes back', async () => {
    await open({ sessions: 50 });
    await row(0).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('nobody at all');
    await page.getByRole('heading', { name: 'No session matches “nobody at all”' }).waitFor();
    await page.getByRole('button', { name: 'Clear search' }).last().click();
    await row(0).waitFor();
    await page.getByLabel('Search sessions').fill('grace');
    await page.getByText('7 sessions', { exact: true }).waitFor();
    expect((await listCalls()).length).toBeLessThan(6);
  });

  it('remembers hidden columns and widths', async () => {
    await open({ sessions: 5 });
    await row(0).waitFor();
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Verdict' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('columnheader', { name: 'Who' }).getByRole('button').focus();
    const width = () =>
      page.getByRole('columnheader', { name: 'When' }).evaluate((it) => it.getBoundingClientRect().width);
    const before = await width();
    await page.getByRole('columnheader', { name: 'When' }).getByRole('button').press('Alt+ArrowRight');
    await expect.poll(width).toBe(before + 16);
    await page.reload();
    await row(0).waitFor();
    await expect.poll(() => width()).toBe(before + 16);
    await expect.poll(() => page.getByRole('columnheader', { name: 'Verdict' }).count()).toBe(0);
  });

  it('teaches when it is empty, and imports what is dropped', async () => {
    await open({ sessions: 0 });
    for (const name of ['Explore the demo workspace', 'Open a recording…', 'Connect to a server…']) {
      await page.getByRole('button', { name }).waitFor();
    }
    await page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['[]'], 'visit.json'));
      for (const type of ['dragover', 'drop']) {
        document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
      }
    });
    await expect
      .poll(() => page.evaluate(() => window.fake.shellCalls))
      .toContainEqual({ name: 'droppedFiles', input: ['visit.json'] });
    await page.getByRole('button', { name: 'Explore the demo workspace' }).click();
    await page.getByText('12 sessions', { exact: true }).waitFor();
  });

  it('says in words what failed, and works again when the cause is gone', async () => {
    await open({ sessions: 5, failing: { 'sessions.list': 'The store is locked.' } });
    await page.getByRole('alert').filter({ hasText: 'The store is locked.' }).waitFor();
    await page.evaluate(() => Object.assign(window.fakeOptions.failing, { 'sessions.list': '' }));
    await page.getByRole('button', { name: 'Try again' }).click();
    await row(4).waitFor();
  });

  it('goes on with a restarted engine', async () => {
    await open({ sessions: 5 });
    await row(4).waitFor();
    await page.evaluate(() => window.fake.stopEngine());
    await page.getByText('Engine is starting…').waitFor();
    const before = (await listCalls()).length;
    await page.evaluate(() => window.fake.startEngine());
    await expect.poll(async () => (await listCalls()).length).toBe(before + 1);
    await page.getByText('Engine is starting…').waitFor({ state: 'detached' });
  });
});

describe('the library by the palette', () => {
  const palette = () => page.getByRole('dialog', { name: 'Commands and sessions' });
  /** Chooses a command by its words, with the keyboard alone. */
  const command = async (label: string): Promise<void> => {
    await page.keyboard.press('Control+k');
    await palette().getByRole('combobox').fill(label);
    await palette().getByRole('option', { name: label, selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await palette().waitFor({ state: 'detached' });
  };

  it('tags, pins, previews, deletes and undoes what is selected', async () => {
    await open({ sessions: 20 });
    await row(2).click();
    await page.getByText('1 selected').waitFor();

    await command('Tag the selection');
    const field = page.getByRole('dialog', { name: 'Tag the selection' }).getByRole('combobox');
    await expect.poll(() => field.evaluate((it) => it === document.activeElement)).toBe(true);
    await field.fill('vip');
    await field.press('Enter');
    await page.getByText('Tagged “vip”: 1 session').first().waitFor();
    await row(2).getByText('vip', { exact: true }).waitFor();
    await command('Undo the last change');
    await row(2).getByText('vip', { exact: true }).waitFor({ state: 'detached' });

    await command('Pin the selection, or unpin it');
    await page.getByText('Pinned 1 session').first().waitFor();
    await page.getByRole('group', { name: 'Selected sessions' }).getByRole('button', { name: 'Unpin' }).waitFor();
    await command('Undo the last change');
    await page.getByRole('group', { name: 'Selected sessions' }).getByRole('button', { name: 'Pin' }).waitFor();

    await command('Show or hide the preview');
    await page.getByRole('separator', { name: 'Size of the preview' }).waitFor();
    await command('Show or hide the preview');
    await page.getByRole('separator', { name: 'Size of the preview' }).waitFor({ state: 'detached' });

    await command('Delete the local copy');
    await page.getByText('19 sessions', { exact: true }).waitFor();
    await command('Undo the last change');
    await page.getByText('20 sessions', { exact: true }).waitFor();
  });

  it('offers only what can be done now', async () => {
    await open({ sessions: 20 });
    await row(0).waitFor();
    const offers = async (label: string): Promise<number> => {
      await page.keyboard.press('Control+k');
      await palette().getByRole('combobox').fill(label);
      await palette().getByRole('option').or(palette().getByText('Nothing found.')).first().waitFor();
      const found = await palette().getByRole('option', { name: label }).count();
      await page.keyboard.press('Escape');
      await palette().waitFor({ state: 'detached' });
      return found;
    };
    expect(await offers('Tag the selection')).toBe(0);
    expect(await offers('Undo the last change')).toBe(0);
    await row(0).click();
    await page.getByText('1 selected').waitFor();
    expect(await offers('Tag the selection')).toBe(1);
    await page.keyboard.press('Control+,');
    await page.getByRole('navigation', { name: 'Sections of the settings' }).waitFor();
    expect(await offers('Tag the selection')).toBe(0);
  });
});
