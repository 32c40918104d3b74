import { expect, test } from 'vitest';
import { launchApp } from '../../support/app.ts';

/** Resolves in the page with its words once they hold `said`. */
const untilSaid = (said: string): string => `new Promise((resolve) => {
  const look = () => (document.body.innerText.includes(${JSON.stringify(said)}) ? resolve(document.body.innerText) : setTimeout(look, 50));
  look();
})`;

test('a window whose process died is loaded again, says so, and is where it was', async () => {
  const running = await launchApp();
  try {
    await running.page.getByRole('button', { name: 'Explore the demo workspace' }).waitFor();
    await running.page.keyboard.press('Control+,');
    await running.page.getByRole('button', { name: 'Appearance' }).click();
    await running.page.getByLabel('Text size').waitFor();
    const words = await running.app.evaluate(
      ({ BrowserWindow }, script) =>
        new Promise<string>((resolve, reject) => {
          const contents = BrowserWindow.getAllWindows()[0]?.webContents;
          contents?.once('did-finish-load', () => contents.executeJavaScript(script).then(resolve, reject));
          contents?.forcefullyCrashRenderer();
        }),
      untilSaid('The window had stopped and was started again.'),
    );
    expect(words).toContain('Text size');
  } finally {
    await running.close();
  }
});
