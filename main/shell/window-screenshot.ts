import { writeFileSync } from 'node:fs';
import type { BrowserWindow } from 'electron';

/** Saves what the window shows as a PNG, once it has painted something. Used when there is no display to look at. */
export async function saveScreenshot(window: BrowserWindow, file: string): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const image = await window.webContents.capturePage();
    // Software rendering may answer with an empty picture until the first frame is composited.
    if (!image.isEmpty()) return writeFileSync(file, image.toPNG());
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error('The window never painted anything.');
}
