import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startWorkbenchHarness, type WorkbenchHarness } from '../../support/workbench/open-workbench.ts';

const PICTURES = join(process.env.TRACEFLOW_TEST_RESULTS ?? tmpdir(), 'panes');

let harness: WorkbenchHarness;
let page: Page;
beforeAll(async () => {
  harness = await startWorkbenchHarness();
});
afterAll(() => harness.close());
beforeEach(async () => {
  page = await harness.open({ sessions: 1 });
  await page.getByRole('grid').locator('[aria-rowindex="2"]').dblclick();
  await expect.poll(() => playhead().getAttribute('aria-disabled'), { timeout: 20_000 }).toBe('false');
});
afterEach(async () => {
  expect(await page.evaluate(() => window.fake.violations)).toEqual([]);
  await page.context().close();
});

const PATIENT = { timeout: 20_000 };
const playhead = (): Locator => page.getByRole('slider', { name: 'Playhead' });
const at = (): Promise<string | null> => playhead().getAttribute('aria-valuetext');
const pane = async (name: string): Promise<Locator> => {
  await page.getByRole('tablist', { name: 'Panes' }).getByRole('tab', { name, exact: true }).click();
  const shown = page.getByRole('region', { name, exact: true });
  await shown.waitFor();
  return shown;
};
const current = (within: Locator): Promise<string | null> =>
  within
    .locator('[aria-current="true"]')
    .first()
    .textContent({ timeout: 2000 })
    .catch(() => null);
/** What the replay frame was told last about the outlined node. */
const outlined = async (): Promise<unknown> => {
  const frame = await (await page.locator('iframe').elementHandle())?.contentFrame();
  return frame?.evaluate(() => {
    const told = (window as unknown as { received: { type: string; node?: number }[] }).received;
    return told.findLast(({ type }) => type === 'highlight')?.node;
  });
};
const copied = (): Promise<string> =>
  page.evaluate(() => (window as unknown as { lastCopied?: string }).lastCopied ?? '');

describe('the panes of a session', () => {
  it('Console: filters, opens values and stacks, seeks, and follows the playhead', async () => {
    const shown = await pane('Console');
    const messages = shown.getByRole('treeitem');
    await expect.poll(() => messages.count(), PATIENT).toBe(2);
    await messages.first().click();
    await expect.poll(at).toBe('0:06.8');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await shown.getByRole('treeitem', { name: 'component: "Cart"', exact: true }).waitFor();
    await shown.getByRole('treeitem', { name: /app\.js:88:12/ }).waitFor();
    await expect.poll(() => at()).toBe('0:06.8');
    await page.keyboard.press('End');
    await expect.poll(() => current(shown), PATIENT).toContain('TypeError');
    await shown.getByRole('button', { name: /^Warnings/ }).click();
    await expect.poll(() => messages.count()).toBe(1);
    await shown.getByRole('searchbox').fill('nothing like it');
    await shown.getByText('No message passes the filter.').waitFor();
  });

  it('Network: filters, shows what was recorded of a request, and copies it', async () => {
    const shown = await pane('Network');
    await shown.getByRole('searchbox').fill('orders 500');
    await shown.getByRole('option').first().click();
    await expect.poll(at).toBe('0:09.4');
    await expect.poll(() => current(shown)).toContain('/api/orders');
    await page.evaluate(() =>
      document.addEventListener('copy', () =>
        Object.assign(window, { lastCopied: (document.activeElement as HTMLTextAreaElement).value }),
      ),
    );
    await shown.getByRole('button', { name: 'Copy as cURL' }).click();
    await expect.poll(() => copied()).toContain("--url 'https://shop.acme.test/api/orders?cart=~1f3a'");
    await shown.getByRole('button', { name: 'Copy as fetch' }).click();
    await expect.poll(() => copied()).toContain('method: "POST"');
    await shown.getByRole('tab', { name: 'Response' }).click();
    await expect.poll(() => shown.locator('.view-lines').innerText(), PATIENT).toContain('error:string');
  });

  it('Backend: lists what backends did, opens what is known of it, filters, seeks, and follows the playhead', async () => {
    const shown = await pane('Backend');
    const rows = shown.getByRole('treeitem');
    await expect.poll(() => rows.count(), PATIENT).toBe(2);
    await rows.filter({ hasText: 'StockError' }).click();
    await expect.poll(at).toBe('0:30.2');
    await page.keyboard.press('ArrowRight');
    await shown.getByRole('treeitem', { name: /stock\.js:12:9/ }).waitFor();
    await shown.getByRole('treeitem', { name: 'clock: 3.2 s ahead of the page’s, corrected' }).waitFor();
    await shown.screenshot({ path: join(PICTURES, 'pane-backend.png') });
    await playhead().focus();
    await page.keyboard.press('Home');
    await expect.poll(() => current(shown)).toBeNull();
    await page.keyboard.press('End');
    await expect.poll(() => current(shown), PATIENT).toContain('StockError');
    await shown.getByRole('button', { name: /^Errors/ }).click();
    await expect.poll(() => rows.count()).toBe(1);
    await shown.getByRole('searchbox').fill('warehouse');
    await shown.getByText('Nothing passes the filter.').waitFor();
    await page.keyboard.press('Control+f');
    await page.getByLabel('Find in session').fill('warehouse stock.js');
    await page.keyboard.press('Enter');
    await page.getByText('Backend 0:30.2').waitFor();
    await page.getByRole('button', { name: 'Lane Backend 2' }).waitFor();
  });

  it('Elements: shows the page at the playhead, opens, finds, and outlines a node', async () => {
    const shown = await pane('Elements');
    const rows = shown.getByRole('treeitem');
    await rows.filter({ hasText: '<form' }).locator('.tree-twisty').click();
    const pay = rows.filter({ hasText: 'id="pay"' });
    await pay.click();
    await expect.poll(outlined).toBe(42);
    await expect.poll(() => at()).toBe('0:00.0');
    await expect.poll(() => pay.textContent()).not.toContain('disabled');
    await page.keyboard.press('End'); // in the tree this goes to its last row
    await playhead().focus();
    await page.keyboard.press('End');
    await expect.poll(() => pay.textContent(), PATIENT).toContain('disabled');
    await shown.getByRole('searchbox').fill('payment declined');
    await rows.filter({ hasText: 'Payment declined' }).waitFor();
    await expect.poll(() => shown.getByRole('status').textContent()).toBe('1 of 1');
    await shown.getByRole('button', { name: 'Next match' }).click();
    await expect.poll(outlined).toBe(50);
  });

  it('Events: lists all of them, filters by kind, shows one as JSON, and follows the playhead', async () => {
    const shown = await pane('Events');
    await shown.getByText('603 events').waitFor();
    await shown.getByRole('button', { name: 'All kinds' }).click();
    await page.getByRole('menuitemcheckbox', { name: /mouse move/ }).click();
    await page.keyboard.press('Escape');
    await shown.getByText('3 events').waitFor();
    await shown.getByRole('option', { name: /mutation/ }).click();
    await expect.poll(at).toBe('0:09.8');
    await expect.poll(() => shown.locator('.view-lines').innerText(), PATIENT).toContain('9871');
    await playhead().focus();
    await page.keyboard.press('Home');
    await expect.poll(() => current(shown), PATIENT).toContain('meta');
  });

  it('Notes: adds at the playhead and for a range, edits, deletes with undo, and marks its lane', async () => {
    const shown = await pane('Notes');
    const notes = shown.getByRole('listitem');
    await shown.getByRole('button', { name: 'Note at the playhead' }).click();
    await page.keyboard.type('The page says nothing');
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => notes.count()).toBe(1);
    await page.getByRole('button', { name: 'Lane Notes 1' }).waitFor();
    await shown.getByRole('button', { name: 'Edit the note' }).click();
    await page.getByRole('textbox', { name: 'Text of the note' }).fill('It says nothing at all');
    await page.keyboard.press('Control+Enter');
    await notes.filter({ hasText: 'nothing at all' }).waitFor();
    await shown.getByRole('button', { name: 'Delete the note' }).click();
    await expect.poll(() => notes.count()).toBe(0);
    await shown.getByRole('button', { name: 'Undo' }).click();
    await notes.filter({ hasText: 'nothing at all' }).waitFor();
    await playhead().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('i');
    await shown.getByText('No note lies in the range.').waitFor();
    await shown.getByRole('button', { name: 'Note on the range' }).click();
    await page.keyboard.type('From here on');
    await page.keyboard.press('Control+Enter');
    await notes.filter({ hasText: '0:01.0 – 1:43.2' }).waitFor();
    await shown.getByRole('button', { name: /0:01\.0 – / }).click();
    await expect.poll(at).toBe('0:01.0');
  });

  it('are arranged as a person likes, also after a restart', async () => {
    await pane('Network');
    await page.reload();
    await page.getByRole('region', { name: 'Network', exact: true }).waitFor();
  });
});

describe('find in session', () => {
  it('searches all panes, counts, steps through the hits in time, and closes', async () => {
    await page.keyboard.press('Control+f');
    const field = page.getByLabel('Find in session');
    await field.fill('"pay" click');
    await page.getByText('4 hits').waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(at).toBe('0:09.4');
    await page.getByText('1 of 4').waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await expect.poll(at).toBe('0:12.2');
    await page.keyboard.press('Shift+Enter');
    await expect.poll(at).toBe('0:11.9');
    await page.keyboard.press('Escape');
    await field.waitFor({ state: 'detached' });
  });
});

describe('the player', () => {
  it('steps by recorded events, runs backwards, loops a range, and draws what it is asked to', async () => {
    await page.keyboard.press('.');
    await expect.poll(at).toBe('0:00.0');
    await page.keyboard.press('.');
    await expect.poll(at).toBe('0:00.1');
    await page.keyboard.press(',');
    await expect.poll(at).toBe('0:00.0');
    await page.keyboard.press('End');
    await expect.poll(at).toBe('1:43.2');
    await page.keyboard.press('j');
    await expect.poll(at, PATIENT).toMatch(/^1:4[01]/);
    await page.keyboard.press('k');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('o');
    await page.keyboard.press('r');
    await expect.poll(() => page.getByRole('button', { name: 'Loop' }).getAttribute('aria-pressed')).toBe('true');
    // It plays past the end of the range, 0:01.0, and is back at its start again and again.
    await page.keyboard.press('k');
    const frame = await (await page.locator('iframe').elementHandle())?.contentFrame();
    const rounds = (): Promise<number | undefined> | undefined =>
      frame?.evaluate(
        () =>
          (window as unknown as { received: { type: string; atMs?: number }[] }).received.filter(
            ({ type, atMs }) => type === 'seek' && atMs === 0,
          ).length,
      );
    await expect.poll(rounds, PATIENT).toBeGreaterThan(3);
    await page.getByRole('button', { name: 'Drawn over the page' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'What was masked' }).click();
    const overlays = () =>
      frame?.evaluate(() =>
        (window as unknown as { received: { type: string }[] }).received.findLast(({ type }) => type === 'overlays'),
      );
    await expect.poll(overlays).toEqual({ type: 'overlays', trail: true, masks: true });
  });
});
