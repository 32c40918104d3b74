import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FAULTS, type Fault } from '../../fixtures/shop/faults.ts';
import { buildAssets } from '../../fixtures/shop/page/assets.ts';
import { type Shop, startShop, startUrl } from '../../fixtures/shop/start.ts';
import { launchChromium } from '../../support/chromium.ts';
import { driveShop } from '../../support/shop-driver.ts';

let browser: Browser;
let shop: Shop;
beforeAll(async () => {
  browser = await launchChromium();
  shop = await startShop({ sdk: null, slowPayMs: 1500, broadSearchQuietMs: 500 });
});
afterAll(async () => {
  await browser.close();
  await shop.close();
});

/** Opens a visit that stands before the step where its fault shows. */
async function opened(fault: Fault | null, seed = 1): Promise<{ page: Page; errors: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(startUrl(shop.url, fault, seed));
  await page.locator('.picks .card').first().waitFor();
  return { page, errors };
}

async function toProduct(page: Page): Promise<void> {
  await page.locator('.shelves [data-product=moss-mug]').click();
  await page.locator('#add-to-cart').waitFor();
}

async function toCheckout(page: Page): Promise<void> {
  await toProduct(page);
  await page.locator('#add-to-cart').click();
  await page.locator('#cart-count', { hasText: '1' }).waitFor();
  await page.locator('#cart-link').click();
  await page.locator('#to-checkout').click();
  await page.locator('.summary .line').waitFor();
  await page.locator('.ribbon button').click();
}

async function fillAndPay(page: Page): Promise<void> {
  for (const field of await page.locator('#checkout input').all()) await field.fill('a@b.test');
  await page.locator('#pay').click();
}

/** What a visitor sees of the page, as text. */
const seen = (page: Page): Promise<string | null> => page.locator('#shop').textContent();

test('the front end does not know what its faults are called', async () => {
  const { script, style } = await buildAssets();
  for (const fault of FAULTS) expect(script + style).not.toContain(fault);
  expect(script).not.toMatch(/\bfault|weak/i);
});

test('a healthy visit orders, loads one document of its own, and closes the ribbon for good', async () => {
  const { page, errors } = await opened(null);
  await toCheckout(page);
  await page.locator('.ribbon').waitFor({ state: 'detached' });
  await fillAndPay(page);
  await page.locator('#thanks').waitFor();
  await page.evaluate(() => Object.assign(window, { before: true }));
  await page.locator('#account-link').click();
  await page.locator('#sign-in').waitFor();
  expect(await page.evaluate(() => 'before' in window)).toBe(false);
  expect(errors).toEqual([]);
  await page.close();
});

test('a failing order leaves the page as it was, without an error', async () => {
  const { page, errors } = await opened('pay-500');
  await toCheckout(page);
  await page.locator('.ribbon').waitFor({ state: 'detached' });
  const before = await seen(page);
  const [answer] = await Promise.all([page.waitForResponse('**/api/orders'), fillAndPay(page)]);
  expect(answer.status()).toBe(500);
  await page.evaluate(() => new Promise(requestAnimationFrame));
  expect(await seen(page)).toBe(before);
  expect(errors).toEqual([]);
  await page.close();
});

test.each([0, 1, 2])(
  'a changed cart answer throws while rendering and leaves the panel empty (seed %i)',
  async (seed) => {
    const { page, errors } = await opened('shape-change', seed);
    await toProduct(page);
    if ((await page.locator('.ribbon').count()) > 0) await page.locator('.ribbon button').click();
    await page.locator('#add-to-cart').click();
    await page.locator('#cart-count', { hasText: '1' }).waitFor();
    if (seed % 2 === 0) {
      await page.locator('#cart-link').click();
      await page.locator('#to-checkout').waitFor();
    }
    await Promise.all([page.waitForEvent('pageerror'), page.locator('#cart-link').click()]);
    expect(errors.join()).toMatch(/Cannot read properties of undefined/);
    expect(await page.locator('#cart-panel').innerHTML()).toBe('');
    await page.close();
  },
);

test.each([
  [0, '#add-to-cart'],
  [1, '#pay'],
])('a closed ribbon stays over the button, invisible (seed %i)', async (seed, button) => {
  const { page } = await opened('overlay', seed);
  if (button === '#pay') await toCheckout(page);
  else {
    await toProduct(page);
    await page.locator('.ribbon button').click();
  }
  const box = await page.locator(button).boundingBox();
  const [x, y] = [(box?.x ?? 0) + 10, (box?.y ?? 0) + 10];
  const top = await page.evaluate(([left, top]) => document.elementFromPoint(left, top)?.className, [x, y] as const);
  expect(top).toBe('ribbon is-leaving');
  expect(await page.locator('.ribbon').evaluate((ribbon) => getComputedStyle(ribbon).opacity)).toBe('0');
  await page.close();
});

test('the list of an earlier search replaces the one for what the field says', async () => {
  const { page } = await opened('stale-search');
  const last = page.waitForResponse((response) => response.url().endsWith('/api/search?q=l'));
  await page.locator('#search').pressSequentially('lantern', { delay: 30 });
  await page.locator('#matches [data-product=copper-lantern]').waitFor();
  await (await last).finished();
  await page.locator('#matches [data-product=copper-lantern]').waitFor({ state: 'detached' });
  expect(await page.locator('#search').inputValue()).toBe('lantern');
  await page.close();
});

test('a slow order shows nothing until its answer is there', async () => {
  const { page } = await opened('slow-pay');
  await toCheckout(page);
  await page.locator('.ribbon').waitFor({ state: 'detached' });
  const before = await seen(page);
  let answered = false;
  page.on('response', (response) => {
    answered ||= response.url().endsWith('/api/orders');
  });
  await Promise.all([page.waitForRequest('**/api/orders'), fillAndPay(page)]);
  const during = await seen(page);
  expect(answered).toBe(false);
  expect(during).toBe(before);
  await page.locator('#thanks').waitFor();
  await page.close();
});

test('a driven visit meets its fault, and the same seed is the same person', async () => {
  const drive = (fault: Fault | null) => driveShop({ browser, url: shop.url, fault, seed: 7 });
  const [healthy, blocked] = await Promise.all([drive(null), drive('shape-change')]);
  expect(healthy.ended).toBe('ordered');
  expect(blocked.ended).toBe('cart');
  expect(blocked.visitor).toEqual(healthy.visitor);
});
