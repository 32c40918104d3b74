import type { Locator, Page } from 'playwright';
import type { Fault } from '../fixtures/shop/faults.ts';
import type { Hands } from './shop-hands.ts';
import type { Random } from './shop-random.ts';
import type { Visitor } from './shop-visitor.ts';

/** What a visitor tries to do, in order. */
export type Step = 'search' | 'add' | 'cart' | 'pay';

/** One person in the shop. */
export interface Person {
  readonly page: Page;
  readonly hands: Hands;
  readonly random: Random;
  readonly visitor: Visitor;
  readonly fault: Fault | null;
  /** Search requests without an answer yet. */
  readonly searching: () => number;
}

/** A busy machine must not make anybody angry where nothing is broken: only a broken step meets a short patience. */
const PATIENT_MS = 30_000;
const IMPATIENT_MS = 900;

const BROKEN: Readonly<Record<Fault, readonly Step[]>> = {
  'pay-500': ['pay'],
  'slow-pay': ['pay'],
  'shape-change': ['cart'],
  overlay: ['add', 'pay'],
  'stale-search': ['search'],
};

/** Whether what the person waits for shows up before their patience ends. @throws when a healthy step never ends. */
export async function comes(person: Person, step: Step, wanted: Locator): Promise<boolean> {
  const broken = person.fault !== null && BROKEN[person.fault].includes(step);
  if (!broken) {
    await wanted.waitFor({ state: 'visible', timeout: PATIENT_MS });
    return true;
  }
  return wanted.waitFor({ state: 'visible', timeout: IMPATIENT_MS }).then(
    () => true,
    () => false,
  );
}

/** Waits until `met`, looking often. @throws after half a minute, saying what did not happen. */
export async function until(what: string, met: () => boolean | Promise<boolean>): Promise<void> {
  const lastAt = Date.now() + PATIENT_MS;
  while (!(await met())) {
    if (Date.now() > lastAt) throw new Error(`Waited in vain until ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
