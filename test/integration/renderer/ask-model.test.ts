import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorkbenchHarness, type WorkbenchHarness } from '../../support/workbench/open-workbench.ts';

const PICTURES = join(import.meta.dirname, '../../../test-results/ask-model');
mkdirSync(PICTURES, { recursive: true });

let harness: WorkbenchHarness;
let page: Page;
beforeAll(async () => {
  harness = await startWorkbenchHarness();
  page = await harness.open({ sessions: 20 });
  await page.getByRole('grid').locator('[aria-rowindex="2"]').dblclick();
});
afterAll(async () => {
  expect(await page.evaluate(() => window.fake.violations)).toEqual([]);
  await harness.close();
});

const section = () => page.getByRole('region', { name: 'Ask a model' });
const answer = () => section().getByRole('article', { name: 'Answer' });
const asked = () =>
  page.evaluate(() => window.fake.engine.calls.filter(({ name }) => name === 'models.ask').map(({ input }) => input));

async function picture(name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: join(PICTURES, `${name}-${colorScheme}.png`) });
  }
  expect(await page.locator('.evidence-body').evaluate((it) => it.scrollWidth - it.clientWidth)).toBe(0);
}

describe('a model', () => {
  it('is off until an endpoint is set up, which can be tested before', async () => {
    await page.getByRole('button', { name: 'AI: off' }).waitFor();
    await section().getByRole('button', { name: 'Set up a model…' }).click();
    const dialog = page.getByRole('region', { name: 'Models', exact: true });
    await dialog.getByLabel('Base URL').fill('https://api.example.test/v1');
    await dialog.getByRole('textbox', { name: 'Model' }).fill('none');
    await dialog.getByRole('button', { name: 'Test' }).click();
    await dialog.getByText('knows no such model').waitFor();
    await dialog.getByRole('textbox', { name: 'Model' }).fill('llama3.2');
    await dialog.getByLabel('API key').fill('sk-secret');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('this machine alone').waitFor();
    await picture('settings');
    await dialog.getByLabel('Base URL').fill('http://127.0.0.1:11434/v1');
    await dialog.getByRole('button', { name: 'Test' }).click();
    await dialog.getByText('It works: llama3.2').waitFor();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'AI: local only' }).click();
    expect(await dialog.getByLabel('API key').inputValue()).toBe('');
    expect(await page.content()).not.toContain('sk-secret');
    await page.keyboard.press('Control+w'); // back to the session
  });

  it('gets nothing before every byte was shown and approved', async () => {
    await section().getByLabel('Question for llama3.2').fill('Why? Mail ada@acme.test');
    await section().getByRole('button', { name: 'See what would be sent…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Send this to 127.0.0.1:11434?' });
    await dialog.getByRole('region', { name: 'The bytes that would leave' }).waitFor();
    await picture('preview');
    expect(await dialog.locator('.dialog-body').evaluate((it) => it.scrollHeight - it.clientHeight)).toBe(0);
    await dialog.getByRole('button', { name: 'Do not send' }).click();
    expect(await asked()).toEqual([]);
    await section().getByRole('button', { name: 'See what would be sent…' }).click();
    const shown = await dialog.locator('pre').evaluate((it) => it.textContent);
    await dialog.getByRole('button', { name: /^Send these [\d,]+ bytes$/ }).click();
    await expect.poll(asked).toEqual([{ id: '1', body: shown }]);
  });

  it('is shown as far as its answer holds; the rest is counted and can be looked at', async () => {
    await answer().getByText('3 of 5 sentences hold in the recording.').waitFor();
    expect(await answer().locator('.answer-sentence').count()).toBe(3);
    await answer().getByText('2 sentences withheld').click();
    await answer().getByText('It cites s12345, which was not sent.').waitFor();
    await answer().getByText('It says "database", which is not in what it cites.').waitFor();
    await answer().scrollIntoViewIfNeeded();
    await picture('answer');
    await answer().getByRole('button', { name: 'Go to 0:09.4: POST /api/orders -> 500' }).first().click();
    await expect.poll(() => page.getByRole('slider').first().getAttribute('aria-valuetext')).toBe('0:09.4');
  });

  it('can be cancelled while its draft is shown', async () => {
    await section().getByLabel('Question for llama3.2').fill('slow');
    await section().getByRole('button', { name: 'See what would be sent…' }).click();
    await page.getByRole('button', { name: /^Send these/ }).click();
    await answer().getByText('Draft, not checked yet').waitFor();
    await answer().scrollIntoViewIfNeeded();
    await picture('draft');
    await answer().getByRole('button', { name: 'Cancel' }).click();
    await answer().getByText('You cancelled the answer.').waitFor();
    await answer().getByRole('button', { name: 'Ask again…' }).waitFor();
    await section().getByLabel('Asked 2 times').selectOption({ index: 1 });
    await answer().getByText('3 of 5 sentences hold').waitFor();
  });
});
