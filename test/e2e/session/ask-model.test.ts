import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchApp, type RunningApp } from '../../support/app.ts';
import { faulty } from '../../support/fault-scenarios.ts';
import { beginStream, type ModelEndpoint, piece, said, startModelEndpoint } from '../../support/model-endpoint.ts';

const PICTURES = join(process.env.TRACEFLOW_TEST_RESULTS ?? tmpdir(), 'ask-model');
const KEY = 'sk-e2e-0123456789abcdef';
const dir = mkdtempSync(join(tmpdir(), 'traceflow-ask-'));
const file = join(dir, 'pay.json');

let endpoint: ModelEndpoint;
let app: RunningApp;
beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  const events = faulty('server-error-swallowed').events();
  writeFileSync(file, JSON.stringify(events.map(({ event }) => event)));
  endpoint = await startModelEndpoint();
  app = await launchApp({ profileDir: join(dir, 'profile'), args: [file] });
}, 120_000);
afterAll(async () => {
  await app?.close();
  await endpoint?.close();
});

const section = (): Locator => app.page.getByRole('region', { name: 'Ask a model' });
const answer = (): Locator => section().getByRole('article', { name: 'Answer' });

async function approve(question: string): Promise<string> {
  await section().getByRole('textbox').fill(question);
  await section().getByRole('button', { name: 'See what would be sent…' }).click();
  const dialog = app.page.getByRole('dialog', { name: /^Send this to 127\.0\.0\.1/ });
  const shown = await dialog.locator('pre').evaluate((bytes) => bytes.textContent ?? '');
  await app.page.screenshot({ path: join(PICTURES, 'app-preview.png') });
  await dialog.getByRole('button', { name: /^Send these/ }).click();
  return shown;
}

test('a model is set up, sees exactly the bytes that were approved, and is believed only where it is right', async () => {
  const { page } = app;
  await expect.poll(() => page.getByRole('row').count(), { timeout: 60_000 }).toBe(2);
  await page.getByRole('row').nth(1).dblclick();
  await section().getByRole('button', { name: 'Set up a model…' }).click();
  const models = page.getByRole('region', { name: 'Models' });
  await models.getByLabel('Base URL').fill(endpoint.url);
  await models.getByRole('textbox', { name: 'Model' }).fill('fake-1');
  await models.getByLabel('API key').fill(KEY);
  await models.getByRole('button', { name: 'Test', exact: true }).click();
  await models.getByText('It works: fake-1').waitFor({ timeout: 30_000 });
  await models.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'AI: local only' }).waitFor();
  await page.getByText('fake-1 can be asked now.').first().waitFor();
  await page.getByRole('tab', { name: /anonymous/ }).click();

  let finish = (): void => undefined;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  endpoint.reply(async (response) => {
    beginStream(response).write(piece('The click on "Pay" [s1] started POST /api/orders [s2].\nIt answered'));
    await finished;
    response.write(piece(' 404 [s2].\nPOST /api/orders answered 500 after 40 ms [s2].\nThe cause is in [s4711].'));
    response.write(piece(null, 'stop'));
    response.end('data: [DONE]\n\n');
  });
  const sent = endpoint.received.length;
  const shown = await approve('Why did ada@acme.test see nothing?');
  await answer().getByText('Draft, not checked yet').waitFor({ timeout: 30_000 });
  expect(endpoint.received.length).toBe(sent + 1);
  const received = endpoint.received.at(-1);
  expect(received?.body.equals(Buffer.from(shown))).toBe(true);
  expect(received?.headers.authorization).toBe(`Bearer ${KEY}`);
  expect(shown).toContain('Why did ⟦email 1⟧ see nothing?');
  finish();
  await answer().getByText('2 of 4 sentences hold in the recording.').waitFor({ timeout: 30_000 });
  await answer().getByText('2 sentences withheld').click();
  await answer().getByText('It cites s4711, which was not sent.').waitFor();
  await answer().scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(PICTURES, 'app-answer.png') });
  await answer().getByRole('button', { name: 'Go to 0:09.0: Click "Pay"' }).click();
  await expect.poll(() => page.getByRole('slider').first().getAttribute('aria-valuetext')).toContain('0:09.0');

  endpoint.reply(async (response, { gone }) => {
    beginStream(response).write(piece('POST /api/orders answered 500 [s2].\nAnd then'));
    await gone;
  });
  await approve('Again');
  await answer().getByText('And then').waitFor({ timeout: 30_000 });
  await answer().getByRole('button', { name: 'Cancel' }).click();
  await answer().getByText('You cancelled the answer.').waitFor();
  await endpoint.received.at(-1)?.gone;
  endpoint.reply((response) => said(response, 'POST /api/orders answered 500 [s2].'));
  await section().getByLabel('Asked 2 times').waitFor();
  expect(await page.content()).not.toContain(KEY);
  expect(app.log.filter((line) => /pageerror|Content Security Policy/.test(line))).toEqual([]);
}, 180_000);
