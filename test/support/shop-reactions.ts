import type { Locator } from 'playwright';
import { comes, type Person, type Step } from './shop-person.ts';

/**
 * What people do when a click did nothing: click again and again, look around, try once more, load the page again.
 * @returns whether what they wanted came after all; otherwise they give up.
 */
export async function tryHarder(person: Person, step: Step, target: Locator, wanted: Locator): Promise<boolean> {
  const { page, hands, random } = person;
  const attempts: (() => Promise<unknown>)[] = [() => hands.rage(target)];
  if (random.chance(0.6)) attempts.push(() => hands.hover(page.locator('h1').first()).then(() => hands.click(target)));
  if (step === 'cart' && random.chance(0.5)) attempts.push(() => page.reload());
  for (const attempt of attempts) {
    try {
      await attempt();
    } catch (error) {
      // The target can vanish under the pointer when the page moves on at last; then there is nothing to do again.
      if (!(await wanted.isVisible())) throw error;
    }
    if (await comes(person, step, wanted)) return true;
  }
  if (person.fault !== 'slow-pay') return false;
  const patience = person.visitor.givesUpAfterMs;
  const waited = wanted.waitFor({ state: 'visible', ...(patience === null ? {} : { timeout: patience }) });
  if (patience === null) return waited.then(() => true);
  return waited.then(
    () => true,
    () => false,
  );
}
