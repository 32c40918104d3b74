import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { launchApp, type RunningApp } from '../../support/app.ts';

const SPACIOUS = { timeout: 60_000 };

/** The items of the application menu that are commands, by their ids: whether they can be chosen, and their keys. */
const menuOf = ({ app }: RunningApp): Promise<Record<string, { enabled: boolean; keys: string | null }>> =>
  app.evaluate(({ Menu }) =>
    Object.fromEntries(
      (Menu.getApplicationMenu()?.items ?? []).flatMap(({ submenu }) =>
        (submenu?.items ?? []).map(({ id, enabled, accelerator }) => [
          id,
          { enabled, keys: accelerator ? String(accelerator) : null },
        ]),
      ),
    ),
  );

const choose = ({ app }: RunningApp, id: string): Promise<void> =>
  app.evaluate(({ Menu }, wanted) => Menu.getApplicationMenu()?.getMenuItemById(wanted)?.click(), id);

const chosenTab = (page: Page): Promise<string | null> =>
  page.getByRole('tab', { selected: true }).first().getAttribute('aria-label');

test('the application menu does its commands in the window, and follows what it can do and by which keys', async () => {
  const running = await launchApp();
  const { page, log } = running;
  try {
    await page.getByRole('button', { name: 'Explore the demo workspace' }).waitFor(SPACIOUS);
    await expect
      .poll(async () => (await menuOf(running)).goLive, SPACIOUS)
      .toEqual({
        enabled: true,
        keys: 'CommandOrControl+2',
      });
    await expect.poll(() => menuOf(running)).toMatchObject({ playPause: { enabled: false }, tag: { enabled: false } });

    await choose(running, 'goLive');
    await expect.poll(() => chosenTab(page), SPACIOUS).toBe('Live');
    await choose(running, 'shortcuts');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor(SPACIOUS);
    await choose(running, 'goLibrary'); // leaves the dialog first
    await expect.poll(() => chosenTab(page), SPACIOUS).toBe('Library');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);

    await choose(running, 'exploreDemo');
    await page.getByRole('gridcell').first().waitFor(SPACIOUS);
    await page.locator('[aria-rowindex="2"]').click();
    await expect.poll(async () => (await menuOf(running)).tag, SPACIOUS).toEqual({ enabled: true, keys: 'T' });
    await page.locator('[aria-rowindex="2"]').dblclick();
    await expect.poll(async () => (await menuOf(running)).playPause?.enabled, SPACIOUS).toBe(true);
    expect((await menuOf(running)).tag?.enabled).toBe(false);

    await page.keyboard.press('Control+,');
    await page
      .getByRole('navigation', { name: 'Sections of the settings' })
      .getByRole('button', { name: 'Shortcuts' })
      .click();
    await page.getByRole('button', { name: 'Change: Go to live sessions' }).click();
    await page.getByLabel('New keys for: Go to live sessions').press('Control+Alt+L');
    await expect.poll(async () => (await menuOf(running)).goLive?.keys, SPACIOUS).toBe('CommandOrControl+Alt+L');
    await page.keyboard.press('Control+Alt+L');
    await expect.poll(() => chosenTab(page), SPACIOUS).toBe('Live');
    expect(log.filter((line) => /pageerror|Content Security Policy/.test(line))).toEqual([]);
  } finally {
    await running.close();
  }
});
