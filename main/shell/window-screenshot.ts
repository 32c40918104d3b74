import { writeFileSync } from 'node:fs';
import type { BrowserWindow } from 'electron';

const LOOKS = 100;
const BETWEEN_MS = 100;
/** So many equal pictures in a row are a window that stands still: parts that are loaded late are there. */
const STILL = 5;

/** Saves what the window shows as a PNG, once it stands still. Used when there is no display to look at. */
export async function saveScreenshot(window: BrowserWindow, file: string): Promise<void> {
  let last: Buffer | null = null;
  let equal = 0;
  for (let look = 0; look < LOOKS && equal < STILL; look++) {
    if (look > 0) await new Promise((next) => setTimeout(next, BETWEEN_MS));
    const image = await window.webContents.capturePage();
    // Software rendering may answer with an empty picture until the first frame is composited.
    if (image.isEmpty()) continue;
    const png = image.toPNG();
    equal = last !== null && png.equals(last) ? equal + 1 : 0;
    last = png;
  }
  if (last === null) throw new Error('The window never painted anything.');
  writeFileSync(file, last);
}
