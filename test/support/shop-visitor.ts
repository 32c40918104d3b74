import type { Address } from '../fixtures/shop/api-types.ts';
import { leavesUnanswered, peeksIntoCart } from '../fixtures/shop/faults.ts';
import { createRandom } from './shop-random.ts';

/** Who visits the shop, and with what window. Nothing of the address may be readable in a recording. */
export interface Visitor {
  readonly address: Address;
  readonly password: string;
  /** What they came for: a word to search and the product they mean. */
  readonly wish: { readonly word: string; readonly product: string };
  /** Looks into the cart before adding what they came for. */
  readonly peeks: boolean;
  /** How long they wait for an answer after trying everything; null: until it comes. */
  readonly givesUpAfterMs: number | null;
  readonly viewport: { readonly width: number; readonly height: number };
}

/** Words whose first letters match many other products first, so that a list for them alone lacks the product. */
export const WISHES = [
  { word: 'lantern', product: 'copper-lantern' },
  { word: 'candle', product: 'honey-candle' },
  { word: 'notebook', product: 'blank-notebook' },
  { word: 'basket', product: 'market-basket' },
  { word: 'cushion', product: 'plum-cushion' },
  { word: 'blanket', product: 'heather-blanket' },
  { word: 'clock', product: 'station-clock' },
  { word: 'vase', product: 'sage-vase' },
] as const;

const NAMES = [
  'Maren Oldenburg',
  'Tomasz Wieczorek',
  'Ifeoma Nwachukwu',
  'Ludovic Charpentier',
  'Saoirse Gallagher',
] as const;
const STREETS = ['Quillhaven Terrace', 'Brachvogelweg', 'Rue Mirabelle', 'Saltmarsh Lane'] as const;
const CITIES = ['Eckernfoerde', 'Szczebrzeszyn', 'Villefranche', 'Ballinasloe'] as const;

/** Together with what they did before, well above what the product calls slow (3 s). */
const LAST_PATIENCE_MS = 2500;

/** The visitor of a seed. */
export function visitorOf(seed: number): Visitor {
  const random = createRandom(seed + 7000);
  const name = random.pick(NAMES);
  return {
    address: {
      name,
      email: `${name.toLowerCase().replace(' ', '.')}@example.test`,
      street: `${random.pick(STREETS)} ${random.between(100, 999)}`,
      postcode: String(random.between(30000, 98999)),
      city: random.pick(CITIES),
      country: random.pick(['Ireland', 'Germany', 'Poland', 'France']),
      card: `4929 ${random.between(1000, 9999)} ${random.between(1000, 9999)} ${random.between(1000, 9999)}`,
    },
    password: `hunter-${random.between(1000, 9999)}`,
    wish: random.pick(WISHES),
    peeks: peeksIntoCart(seed),
    givesUpAfterMs: leavesUnanswered(seed) ? LAST_PATIENCE_MS : null,
    viewport: random.pick([
      { width: 1280, height: 800 },
      { width: 1440, height: 900 },
      { width: 1100, height: 720 },
    ]),
  };
}
