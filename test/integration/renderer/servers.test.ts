import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ServerInfo } from '../../../shared/ipc/engine-calls.ts';
import type { LiveServer, LiveVisitor } from '../../../shared/ipc/live-calls.ts';
import { axeFaults } from '../../support/axe.ts';
import { startWorkbenchHarness, type WorkbenchHarness } from '../../support/workbench/open-workbench.ts';

const PICTURES = join(process.env.TRACEFLOW_TEST_RESULTS ?? tmpdir(), 'servers');

let harness: WorkbenchHarness;
let page: Page;
beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  harness = await startWorkbenchHarness();
});
afterAll(() => harness.close());
afterEach(async () => {
  expect(await page.evaluate(() => window.fake.violations)).toEqual([]);
  await page.context().close();
});

const picture = async (name: string): Promise<void> => {
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
};
const asked = (name: string) =>
  page.evaluate((wanted) => window.fake.engine.calls.filter((call) => call.name === wanted), name);

const visitor = (at: number): LiveVisitor => ({
  session: `s-${at}` as LiveVisitor['session'],
  key: String(at).padStart(32, '0') as LiveVisitor['key'],
  firstAt: Date.now() - 60_000 * (at + 1),
  lastAt: Date.now() - 1000 * at,
  startedAt: Date.now() - 60_000 * (at + 1),
  events: 12,
  user: at === 2 ? null : `visitor-${at}@acme.test`,
  entryPage: 'https://shop.acme.test/',
  page: at === 2 ? null : `https://shop.acme.test/orders/:id/step-${at}`,
  device: at === 1 ? 'phone' : 'desktop',
  browser: 'Chrome 130',
  system: 'Linux',
  errors: at === 2 ? null : at,
  failedRequests: at === 2 ? null : 0,
});
const LIVE: readonly LiveServer[] = [
  {
    id: 'shop',
    name: 'Our shop',
    projectName: 'Shop',
    state: 'online',
    reason: null,
    visitors: [visitor(0), visitor(1), visitor(2)],
  },
  { id: 'quiet', name: 'Quiet', projectName: 'Quiet', state: 'online', reason: null, visitors: [] },
  {
    id: 'down',
    name: 'Intranet',
    projectName: 'Intranet',
    state: 'offline',
    reason: 'https://tf.intra.test cannot be reached: there is no way to this host. Does it take a VPN?',
    visitors: [],
  },
  { id: 'off', name: 'Staging', projectName: 'Staging', state: 'paused', reason: null, visitors: [] },
];

const SHOP: ServerInfo = {
  id: 'shop',
  url: 'https://tf.shop.test',
  project: 'p1',
  name: 'Shop',
  projectName: 'Shop',
  paused: false,
  cursor: 4200,
  lastSyncAt: Date.now() - 60_000,
  lastError: null,
};

describe('the servers', () => {
  it('are checked with role and end of the token, renamed, paused and resumed', async () => {
    const down = { ...SHOP, id: 'down', name: 'Intranet', projectName: 'Intranet', lastError: 'It cannot be reached.' };
    page = await harness.open({ servers: [SHOP, down] });
    await page.getByRole('gridcell').first().waitFor();
    await page.keyboard.press('Control+Shift+S');
    await page.getByRole('button', { name: 'Check Shop' }).click();
    await page.getByText("Your token is an analyst's.").waitFor();
    await page.getByText(/It works until .* Ask for a new one/).waitFor();
    await page.getByRole('button', { name: 'Rename Shop' }).click();
    await page.getByLabel('Name of Shop').fill('Our shop');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Pause Our shop' }).click();
    await page.getByRole('button', { name: 'Resume Our shop' }).waitFor();
    await picture('servers');
    expect(await axeFaults(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await page.keyboard.press('Control+Shift+Y');
    await expect.poll(() => asked('sync.start')).toMatchObject([{ input: { id: 'down' } }]);
    await page.getByRole('button', { name: 'Rename Our shop' }).click();
    await page.getByLabel('Name of Our shop').fill('');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Resume Shop' }).click();
    await page.getByRole('button', { name: 'Pause Shop' }).waitFor();
  });
});

it('says what came from where, what room is left, and how long the server keeps it', async () => {
  page = await harness.open({ servers: [SHOP] });
  await page.getByRole('gridcell').first().waitFor();
  await page.keyboard.press('Control+,');
  await page.getByRole('button', { name: 'Storage' }).click();
  const rows = page.getByRole('table', { name: 'Where the recordings came from' }).getByRole('row');
  await expect.poll(() => rows.nth(1).innerText()).toMatch(/Shop\s+8\s+42.0 MB\s+90 days, 2 sessions under a hold/);
  await page.getByText('81.0 GB free on this disk.').waitFor();
  await picture('storage');
  expect(await axeFaults(page)).toEqual([]);
});

describe('the live place', () => {
  it('teaches when there is no server', async () => {
    page = await harness.open();
    await page.getByRole('button', { name: 'Live', exact: true }).click();
    await page.getByText('Connect to a server, and everybody').waitFor();
    await page.getByRole('button', { name: 'Connect to a server…' }).click();
    await page.getByRole('region', { name: 'Servers', exact: true }).waitFor();
  });

  it.each(['light', 'dark'] as const)('lists who is online on each server, %s', async (colorScheme) => {
    page = await harness.open({ live: LIVE, context: { colorScheme } });
    await page.getByRole('gridcell').first().waitFor();
    await page.keyboard.press('Control+2');
    const shop = page.getByRole('table', { name: 'Online on Our shop' });
    await expect
      .poll(() => shop.getByRole('row').nth(2).innerText())
      .toMatch(/visitor-1@acme\.test[\s\S]*step-1[\s\S]*Phone/);
    await page.getByText('3 visitors online').waitFor();
    await page.getByText('Nobody is online.').waitFor();
    await page.getByText('Does it take a VPN? It is asked again by itself.').waitFor();
    await page.getByText('Paused: nothing is asked of this server.').waitFor();
    await picture(`live-${colorScheme}`);
    expect(await axeFaults(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });

  it('watches only while it is on the screen, opens a session at its live edge, and says why one cannot be opened', async () => {
    page = await harness.open({
      live: [{ ...(LIVE[0] as LiveServer), visitors: [visitor(0), { ...visitor(1), session: 'gone' as never }] }],
    });
    await page.getByRole('gridcell').first().waitFor();
    expect(await asked('live.watch')).toHaveLength(0);
    await page.keyboard.press('Control+2');
    await page.getByRole('button', { name: 'Watch the session of visitor-1@acme.test' }).click();
    await page.getByText('The server has nothing of this session yet.').waitFor();
    expect(await asked('live.watch')).toHaveLength(1);
    await page.getByRole('button', { name: 'Watch the session of visitor-0@acme.test' }).click();
    const toggle = page.getByRole('button', { name: 'Follow live' });
    await expect.poll(() => toggle.getAttribute('aria-pressed')).toBe('true');
    await page.keyboard.press('Home');
    await expect.poll(() => toggle.getAttribute('aria-pressed')).toBe('false');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('follow the running');
    await page.keyboard.press('Enter');
    await expect.poll(() => toggle.getAttribute('aria-pressed')).toBe('true');
    await picture('live-session');
  });
});
