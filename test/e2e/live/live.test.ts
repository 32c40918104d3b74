import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NewProject } from '../../../server/admin/index.ts';
import { type InsideServer, startInside } from '../../integration/server/support/server-inside.ts';
import { launchApp, type RunningApp } from '../../support/app.ts';
import { axeFaults } from '../../support/axe.ts';
import { type LivePage, openLivePage } from '../../support/live-page.ts';
import { recordedPage } from '../../support/session-page.ts';

const PICTURES = join(process.env.TRACEFLOW_TEST_RESULTS ?? tmpdir(), 'live');
const WAIT = { timeout: 60_000, interval: 50 };

let server: InsideServer;
let project: NewProject;
let ann: LivePage;
let app: RunningApp;
beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  server = await startInside({ processor: true, limits: { closeGraceMs: 100 } });
  project = await server.project('Morrow Goods');
  ann = await openLivePage(server.url, project.writeKey, { session: 'ann', user: 'ann@acme.test' });
  await openLivePage(server.url, project.writeKey, { session: 'bob', user: 'bob@acme.test' });
  app = await launchApp({ profileDir: mkdtempSync(join(tmpdir(), 'traceflow-live-')) });
}, 120_000);
afterAll(async () => {
  await app?.close();
  await server?.close();
});

const heading = (): Promise<string> => recordedPage(app.page).locator('h1').innerText({ timeout: 30_000 });
const live = (): Locator => app.page.getByRole('button', { name: 'Follow live' });
const playhead = (): Promise<string | null> => app.page.getByRole('slider').first().getAttribute('aria-valuetext');

test('who is online is listed, and what happens in a session that is watched arrives in the replay by itself', async () => {
  const { page } = app;
  await page.getByRole('button', { name: 'Explore the demo workspace' }).waitFor({ timeout: 60_000 });
  await page.keyboard.press('Control+2');
  await page.getByRole('heading', { name: 'Sessions as they happen' }).waitFor();
  await page.getByRole('button', { name: 'Connect to a server…' }).click();
  await page.getByLabel('URL').fill(server.url);
  await page.getByLabel('Read token').fill(project.readToken);
  await page.getByRole('button', { name: 'Save and sync' }).click();
  await page.getByRole('region', { name: 'Servers', exact: true }).getByText('Connected to').waitFor();
  await page.keyboard.press('Control+2');
  await ann.fail('Cannot read properties of undefined');
  const row = page.getByRole('table', { name: 'Online on Morrow Goods' }).getByRole('row', { name: /ann@acme\.test/ });
  await expect.poll(() => row.innerText(), WAIT).toMatch(/\/checkout\/:id[\s\S]*Desktop/);
  await expect.poll(() => row.getByRole('cell').nth(4).innerText(), WAIT).toBe('1');
  await page.screenshot({ path: join(PICTURES, 'online.png') });
  expect(await axeFaults(page)).toEqual([]);

  await row.getByRole('button', { name: 'Watch the session of ann@acme.test' }).click();
  await expect.poll(() => live().getAttribute('aria-pressed'), WAIT).toBe('true');
  await expect.poll(heading, WAIT).toBe('Welcome');
  const delays: number[] = [];
  for (let step = 1; step <= 5; step += 1) {
    await ann.say(`Step ${step}`);
    const sentAt = performance.now();
    await expect.poll(heading, { timeout: 60_000, interval: 10 }).toBe(`Step ${step}`);
    delays.push(performance.now() - sentAt);
  }
  console.log(
    `from the answer to a batch until it stands in the replay: ${delays.map((ms) => Math.round(ms)).join(', ')} ms`,
  );
  await page.screenshot({ path: join(PICTURES, 'followed.png') });
  expect(await axeFaults(page)).toEqual([]);

  // Going back leaves the live edge: what comes then does not move the playhead.
  await page.keyboard.press('Home');
  await expect.poll(() => live().getAttribute('aria-pressed')).toBe('false');
  await expect.poll(heading, WAIT).toBe('Welcome');
  const stood = await playhead();
  const ends = (): Promise<string> => page.locator('.clock').innerText();
  const before = await ends();
  await ann.say('Step 6');
  await expect.poll(ends, WAIT).not.toBe(before);
  expect(await playhead()).toBe(stood);
  expect(await heading()).toBe('Welcome');
  await live().click();
  await expect.poll(heading, WAIT).toBe('Step 6');
  await page.keyboard.press('Shift+End');
  await expect.poll(() => live().getAttribute('aria-pressed')).toBe('false');
  await page.keyboard.press('Shift+End');
  await expect.poll(() => live().getAttribute('aria-pressed')).toBe('true');
  await ann.say('Step 7');
  await expect.poll(heading, WAIT).toBe('Step 7');
  expect(app.log.filter((line) => /pageerror|Content Security Policy/.test(line))).toEqual([]);
}, 240_000);
