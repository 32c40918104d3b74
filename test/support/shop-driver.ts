import type { Browser, Page } from 'playwright';
import type { Fault } from '../fixtures/shop/faults.ts';
import { startUrl } from '../fixtures/shop/start.ts';
import { createHands } from './shop-hands.ts';
import type { Person, Step } from './shop-person.ts';
import { createRandom } from './shop-random.ts';
import {
  addToCart,
  browseForWish,
  lookAround,
  openCheckout,
  pay,
  peekIntoCart,
  searchForWish,
  signIn,
} from './shop-steps.ts';
import { type Visitor, visitorOf } from './shop-visitor.ts';

/** One visit to drive. The same seed gives the same person on the same way. */
export interface ShopVisit {
  readonly browser: Browser;
  /** Origin of the shop. */
  readonly url: string;
  readonly fault: Fault | null;
  readonly seed: number;
  /** Called on the page when the person is about to leave it. */
  readonly leaving?: (page: Page) => Promise<void>;
  /** Called when the person has left, while the browser is still open: the place to wait for the recorder's last words. */
  readonly left?: () => Promise<void>;
}

/** How a visit went. */
export interface ShopOutcome {
  readonly visitor: Visitor;
  /** `ordered`, or the step at which the person gave up. */
  readonly ended: 'ordered' | Step;
}

/** Sends a person through the shop in a browser context of their own. @throws when something happens that no fault explains. */
export async function driveShop({ browser, url, fault, seed, leaving, left }: ShopVisit): Promise<ShopOutcome> {
  const visitor = visitorOf(seed);
  const random = createRandom(seed);
  const context = await browser.newContext({ viewport: visitor.viewport });
  try {
    const page = await context.newPage();
    let searching = 0;
    const isSearch = (request: { url: () => string }): boolean => request.url().includes('/api/search?');
    page.on('request', (request) => {
      if (isSearch(request)) searching += 1;
    });
    const ended = (request: { url: () => string }): void => {
      if (isSearch(request)) searching -= 1;
    };
    page.on('requestfinished', ended);
    page.on('requestfailed', ended);
    const hands = createHands(page, random);
    const person: Person = { page, hands, random, visitor, fault, searching: () => searching };
    await page.goto(startUrl(url, fault, seed));
    const outcome = await shop(person);
    await leaving?.(page);
    await hands.pause();
    await page.goto('about:blank');
    await left?.();
    return { visitor, ended: outcome };
  } finally {
    await context.close();
  }
}

async function shop(person: Person): Promise<ShopOutcome['ended']> {
  const { random, fault, hands, page } = person;
  await lookAround(person);
  const known = random.chance(0.3);
  if (known) await signIn(person);
  if (person.visitor.peeks && fault !== 'overlay') await peekIntoCart(person);
  const searches = random.chance(0.6) || fault === 'stale-search';
  const found = searches && (await searchForWish(person));
  if (!found) {
    if (searches && random.chance(0.5)) return 'search';
    await browseForWish(person);
  }
  if (!(await addToCart(person))) return 'add';
  if (!(await openCheckout(person))) return 'cart';
  if (!(await pay(person))) return 'pay';
  await hands.pause();
  if (random.chance(0.5)) {
    if (!known) await signIn(person);
    else await hands.click(page.locator('#keep-looking'));
  }
  return 'ordered';
}
