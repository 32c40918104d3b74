import type { Locator, Page } from 'playwright';
import type { Random } from './shop-random.ts';

/**
 * A person's hands: real mouse and keyboard at the place on the screen, whatever lies there. (Playwright's own `click`
 * waits until an element can be clicked, which no person does.) The short pauses are the behaviour being simulated.
 */
export interface Hands {
  readonly pause: (lowMs?: number, highMs?: number) => Promise<void>;
  readonly hover: (target: Locator) => Promise<void>;
  readonly click: (target: Locator) => Promise<void>;
  /** Moves there once, then clicks 3 to 5 times, 100 to 200 ms apart. */
  readonly rage: (target: Locator) => Promise<void>;
  /** Clicks into a field and types letter by letter, with `lowMs` to `highMs` between two letters. */
  readonly type: (field: Locator, text: string, lowMs?: number, highMs?: number) => Promise<void>;
  readonly wheel: (pixels: number) => Promise<void>;
}

/** Hands on one page. */
export function createHands(page: Page, random: Random): Hands {
  const pause = (low = 50, high = 300): Promise<void> =>
    new Promise((resolve) => {
      setTimeout(resolve, random.between(low, high));
    });

  const aim = async (target: Locator): Promise<{ x: number; y: number }> => {
    await target.waitFor({ state: 'visible' });
    await target.evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      const height = element.ownerDocument.documentElement.clientHeight;
      if (top < 80 || bottom > height - 90) element.scrollIntoView({ block: 'center', behavior: 'instant' });
    });
    const box = await target.boundingBox();
    if (box === null) throw new Error(`There is nothing to point at: ${target.toString()}`);
    return {
      x: box.x + box.width * (0.35 + random.between(0, 30) / 100),
      y: box.y + box.height * (0.35 + random.between(0, 30) / 100),
    };
  };

  const press = async (at: { x: number; y: number }): Promise<void> => {
    await page.mouse.move(at.x, at.y);
    await page.mouse.down();
    await pause(20, 50);
    await page.mouse.up();
  };

  const hover = async (target: Locator): Promise<void> => {
    const at = await aim(target);
    await page.mouse.move(at.x, at.y, { steps: random.between(4, 8) });
    await pause(50, 150);
  };

  const click = async (target: Locator): Promise<void> => {
    const at = await aim(target);
    await page.mouse.move(at.x, at.y, { steps: random.between(4, 8) });
    await pause(50, 120);
    await press(at);
  };

  return {
    pause,
    hover,
    click,
    async rage(target) {
      const at = await aim(target);
      await page.mouse.move(at.x, at.y, { steps: 4 });
      for (let left = random.between(3, 5); left > 0; left -= 1) {
        await press({ x: at.x + random.between(-2, 2), y: at.y + random.between(-2, 2) });
        await pause(80, 150);
      }
    },
    async type(field, text, lowMs = 10, highMs = 30) {
      await click(field);
      for (const letter of text) {
        await page.keyboard.type(letter);
        await pause(lowMs, highMs);
      }
    },
    async wheel(pixels) {
      await page.mouse.wheel(0, pixels);
      await pause(60, 160);
    },
  };
}
