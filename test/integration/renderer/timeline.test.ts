import type { Locator, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startWorkbenchHarness, type WorkbenchHarness } from '../../support/workbench/open-workbench.ts';

/** The length of the session that the fake frame plays, ms. */
const DURATION_MS = 103_200;

let harness: WorkbenchHarness;
let page: Page;
beforeAll(async () => {
  harness = await startWorkbenchHarness();
});
afterAll(() => harness.close());
beforeEach(async () => {
  page = await harness.open({ sessions: 1 });
  await page.getByRole('grid').locator('[aria-rowindex="2"]').dblclick();
  await ready();
});
afterEach(async () => {
  expect(await page.evaluate(() => window.fake.violations)).toEqual([]);
  await page.context().close();
});

const playhead = (): Locator => page.getByRole('slider', { name: 'Playhead' });
const ready = () => expect.poll(() => playhead().getAttribute('aria-disabled'), { timeout: 20_000 }).toBe('false');
const at = (): Promise<string | null> => playhead().getAttribute('aria-valuetext');
const lane = (name: string): Locator => page.getByRole('button', { name: new RegExp(`^Lane ${name}`) });
const rows = (): Locator => page.getByRole('listbox').getByRole('option');

/** A place on the timeline that shows the whole session: at a time, at the height of a lane (null: the ruler). */
async function place(atMs: number, of: string | null): Promise<{ x: number; y: number }> {
  const canvas = await playhead().boundingBox();
  const beside = of === null ? null : await lane(of).boundingBox();
  if (!canvas) throw new Error('the timeline has no box');
  return {
    x: canvas.x + (atMs / DURATION_MS) * canvas.width,
    y: beside ? beside.y + beside.height / 2 : canvas.y + 8,
  };
}

describe('the timeline', () => {
  it('seeks where it is clicked, and exactly to what is clicked on', async () => {
    const empty = await place(60_000, 'Notes');
    await page.mouse.click(empty.x, empty.y);
    await expect.poll(at).toMatch(/^(?:0:59\.|1:00\.)/);
    const error = await place(15_020, 'Errors');
    await page.mouse.click(error.x + 1, error.y);
    await expect.poll(at).toBe('0:15.0');
  });

  it('leads through each lane by the keyboard, and says what was passed', async () => {
    const described = async (name: string): Promise<string> =>
      (await lane(name).evaluate(
        (it) => document.getElementById(it.getAttribute('aria-describedby') ?? '')?.textContent,
      )) ?? '';
    await lane('Errors').focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(at).toBe('0:15.0');
    await expect.poll(() => described('Errors')).toContain('TypeError');
    await expect.poll(() => described('Navigation')).toBe('0:00.0 /checkout');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(at).toBe('0:06.8');
    await expect.poll(() => described('Errors')).toBe('nothing yet');
    await expect.poll(() => described('Console')).toContain('componentWillMount');
  });

  it('says honestly which lanes are empty', async () => {
    await page.getByRole('button', { name: 'Lane Performance –, nothing recorded' }).waitFor();
    await page.getByRole('button', { name: 'Lane Notes –, nothing recorded' }).waitFor();
  });

  it('filters by a range that is dragged in the ruler, remembers it over a restart, and clears it with Escape', async () => {
    const from = await place(9000, null);
    const to = await place(16_000, null);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 3 });
    await page.mouse.up();
    await expect.poll(() => rows().count()).toBe(6);
    await expect.poll(() => at()).toBe('0:00.0');
    await page.reload();
    await ready();
    await expect.poll(() => rows().count()).toBe(6);
    await page.keyboard.press('Escape');
    await expect.poll(() => rows().first().textContent()).toContain('/checkout');
    await page.getByRole('button', { name: 'Clear the range' }).waitFor({ state: 'detached' });
  });

  it('zooms to a millisecond under the wheel and keeps the playhead in sight when it jumps', async () => {
    const click = await place(9420, 'Actions');
    await page.mouse.move(click.x, click.y);
    for (let turns = 0; turns < 24; turns++) await page.mouse.wheel(0, -100);
    await page.mouse.click(click.x, click.y);
    await expect.poll(at).toMatch(/^0:09\.|^0:10\.0/);
    // So close, most of the session is out of sight: a jump brings the view along, and a click there stays near.
    await page.keyboard.press('End');
    await expect.poll(at).toBe('1:43.2');
    const canvas = await playhead().boundingBox();
    await page.mouse.click((canvas?.x ?? 0) + (canvas?.width ?? 0) - 20, click.y);
    await expect.poll(at).toBe('1:43.1');
    await page.keyboard.press('0');
    await page.mouse.click((canvas?.x ?? 0) + (canvas?.width ?? 0) / 2, click.y);
    await expect.poll(at).toMatch(/^0:51\./);
  });
});
