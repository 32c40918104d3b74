import type { Locator } from 'playwright';
import { comes, type Person, until } from './shop-person.ts';
import { tryHarder } from './shop-reactions.ts';

/** Looks around on the first page: scrolls, hovers, perhaps tries a shelf. */
export async function lookAround({ page, hands, random }: Person): Promise<void> {
  await page.locator('.shelves .card').first().waitFor();
  for (let looks = random.between(1, 3); looks > 0; looks -= 1) {
    await hands.hover(page.locator('.shelves .card').nth(random.between(0, 11)));
    await hands.wheel(random.between(120, 320));
  }
  if (random.chance(0.4)) {
    const shelf = random.pick(['Kitchen', 'Living', 'Light', 'Green', 'Desk']);
    await hands.click(page.locator('.chip', { hasText: shelf }));
    await page.locator(`.chip[aria-pressed=true]`, { hasText: shelf }).waitFor();
    await hands.pause();
  }
}

/** Signs in on the account page (a document of its own) and comes back. */
export async function signIn({ page, hands, visitor }: Person): Promise<void> {
  await hands.click(page.locator('#account-link'));
  await hands.type(page.locator('#login-email'), visitor.address.email);
  await hands.type(page.locator('#login-password'), visitor.password);
  await hands.click(page.locator('#sign-in'));
  await page.locator('#sign-out').waitFor();
  await hands.pause();
}

/** Types the wish into the search field and opens the product. @returns false when it could not be found. */
export async function searchForWish(person: Person): Promise<boolean> {
  const { page, hands, visitor } = person;
  const field = page.locator('#search');
  const match = page.locator(`#matches [data-product=${visitor.wish.product}]`);
  const look = async (): Promise<boolean> => {
    await hands.type(field, visitor.wish.word, 40, 90);
    // Reads the list only once it stands still.
    await until('all search answers are there', () => person.searching() === 0);
    await hands.pause(100, 250);
    return comes(person, 'search', match);
  };
  if (await look()) return open(person, match);
  await hands.hover(page.locator('#matches .match').first());
  await hands.rage(field);
  if (person.random.chance(0.5)) {
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Backspace');
    if (await look()) return open(person, match);
  }
  return false;
}

/** Opens the wish from the shelves. */
export async function browseForWish(person: Person): Promise<boolean> {
  const { page, hands, visitor } = person;
  await hands.click(page.locator('.brand'));
  return open(person, page.locator(`.shelves [data-product=${visitor.wish.product}]`));
}

async function open({ page, hands }: Person, link: Locator): Promise<boolean> {
  await hands.click(link);
  await page.locator('#add-to-cart').waitFor();
  return true;
}

/** Puts the product shown into the cart. @returns false when the person gave up. */
export async function addToCart(person: Person): Promise<boolean> {
  const { page, hands } = person;
  await hands.hover(page.locator('.product-image'));
  await closeRibbon(person);
  const full = page.locator('.bar .said', { hasText: 'In your cart' });
  await hands.click(page.locator('#add-to-cart'));
  if (await comes(person, 'add', full)) return true;
  return tryHarder(person, 'add', page.locator('#add-to-cart'), full);
}

/** Puts another product into the cart first and looks whether it is there. */
export async function peekIntoCart(person: Person): Promise<void> {
  const { page, hands, random } = person;
  await hands.click(page.locator('.brand'));
  await hands.click(page.locator('.shelves .card').nth(random.between(0, 7)));
  await page.locator('#add-to-cart').waitFor();
  await closeRibbon(person);
  await hands.click(page.locator('#add-to-cart'));
  await page.locator('.bar .said', { hasText: 'In your cart' }).waitFor();
  await hands.click(page.locator('#cart-link'));
  await hands.hover(page.locator('#cart-panel .line').first());
  await page.locator('#to-checkout').waitFor();
  await hands.click(page.locator('.brand'));
  await page.locator('.shelves .card').first().waitFor();
}

/** Goes to the cart and on to the checkout. @returns false when the person gave up. */
export async function openCheckout(person: Person): Promise<boolean> {
  const { page, hands } = person;
  const checkout = page.locator('#to-checkout');
  await hands.click(page.locator('#cart-link'));
  if (!(await comes(person, 'cart', checkout))) {
    await hands.hover(page.locator('#cart-panel'));
    if (!(await tryHarder(person, 'cart', page.locator('#cart-link'), checkout))) return false;
  }
  await hands.pause();
  await hands.click(checkout);
  await page.locator('#pay').waitFor();
  return true;
}

/** Fills the form and pays. @returns false when the person gave up. */
export async function pay(person: Person): Promise<boolean> {
  const { page, hands, visitor } = person;
  await closeRibbon(person);
  for (const [field, value] of Object.entries(visitor.address)) await hands.type(page.locator(`#${field}`), value);
  const thanks = page.locator('#thanks');
  await hands.click(page.locator('#pay'));
  if (await comes(person, 'pay', thanks)) return true;
  return tryHarder(person, 'pay', page.locator('#pay'), thanks);
}

/** The week's ribbon shows with one kind of page, once: whoever meets it closes it. */
async function closeRibbon({ page, hands, fault }: Person): Promise<void> {
  const ribbon = page.locator('.ribbon:not(.is-leaving)');
  if ((await ribbon.count()) === 0) return;
  await hands.pause();
  await hands.click(ribbon.locator('button'));
  if (fault === 'overlay') await page.locator('.ribbon.is-leaving').waitFor({ state: 'attached' });
  else await page.locator('.ribbon').waitFor({ state: 'detached' });
  await hands.pause();
}
