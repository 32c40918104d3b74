import type { FrameLocator, Locator, Page } from 'playwright';
import { expect } from 'vitest';

/** What the analyst sees of a session, by the names a screen reader would say. */
export const evidence = (page: Page): Locator => page.getByRole('complementary', { name: 'Evidence' });

/** The recorded page itself: inside the replay frame, inside rrweb's sandboxed iframe. */
export const recordedPage = (page: Page): FrameLocator =>
  page.frameLocator('iframe[title="Recorded page"]').frameLocator('.replayer-wrapper iframe');

/** Opens the session in a library of one. */
export async function openOnlySession(page: Page): Promise<void> {
  await page.getByRole('row').nth(1).dblclick();
  await recordedPage(page).locator('body').waitFor({ timeout: 60_000 });
}

/** The row of the actions pane with this text; `nth` counts from 0 among equals. */
export const eventRow = (page: Page, text: string | RegExp, nth = 0): Locator =>
  page.getByRole('listbox', { name: 'Actions' }).getByRole('option').filter({ hasText: text }).nth(nth);

/** Seeks by a row of the actions pane and waits until the player stands there. */
export async function seekByRow(page: Page, row: Locator): Promise<void> {
  const list = page.getByRole('listbox', { name: 'Actions' });
  // The list is virtual: the row may have to be scrolled to before it exists.
  for (let scrolled = 0; (await row.count()) === 0 && scrolled < 200; scrolled++) {
    await list.evaluate((element, top) => element.scrollTo(0, top), scrolled * 120);
    await page.evaluate(() => new Promise((next) => requestAnimationFrame(next)));
  }
  await row.click();
  await expect.poll(() => row.getAttribute('aria-current'), { timeout: 30_000 }).toBe('true');
}

/** Everything of the recorded page that a person could tell apart: markup without rrweb's own marks, and form values. */
export function domOf(page: Page): Promise<{ html: string; values: string[] }> {
  return recordedPage(page)
    .locator('html')
    .evaluate((root) => {
      const copy = root.cloneNode(true) as Element;
      for (const element of [copy, ...copy.querySelectorAll('*')]) {
        element.classList.remove(':hover', 'rrweb-paused');
        if (element.getAttribute('class') === '') element.removeAttribute('class');
      }
      const values = [...root.querySelectorAll<HTMLInputElement>('input,textarea,select')].map(({ value }) => value);
      return { html: copy.outerHTML, values };
    });
}
