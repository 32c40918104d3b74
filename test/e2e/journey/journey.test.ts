import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchApp, type RunningApp } from '../../support/app.ts';
import { domOf, eventRow, evidence, openOnlySession, recordedPage, seekByRow } from '../../support/session-page.ts';
import { recordRuns } from '../../support/shop-journey.ts';
import type { TeamServer } from '../../support/shop-server.ts';

/** The three moments at which the recorded page is looked at, by the row of the events list that seeks there. */
const MOMENTS = ['Click', 'Click "Pay"', 'POST /api/orders'] as const;

const dir = mkdtempSync(join(tmpdir(), 'traceflow-journey-'));
const evidenceFile = join(dir, 'pay-500.traceflow');
let server: TeamServer;
let card = '';

beforeAll(async () => {
  const recorded = await recordRuns({ dir: join(dir, 'recording'), runs: [{ fault: 'pay-500', seed: 1 }] });
  server = recorded.server;
  card = recorded.visits[0]?.visitor.address.card ?? '';
}, 180_000);

afterAll(() => server?.close());

/** Looks in a row without a change before a page counts as being there. */
const QUIET_LOOKS = 10;

/** The recorded page once the frame has followed the playhead, which the list shows before the frame is there. */
async function settledDom(page: RunningApp['page']): ReturnType<typeof domOf> {
  let last = await domOf(page);
  let quiet = 0;
  await expect
    .poll(
      async () => {
        const now = await domOf(page);
        quiet = now.html === last.html ? quiet + 1 : 0;
        last = now;
        return quiet;
      },
      { timeout: 60_000, interval: 100 },
    )
    .toBeGreaterThanOrEqual(QUIET_LOOKS);
  return last;
}

/** Seeks to each moment and takes the page as it is then. */
async function domAtMoments({ page }: RunningApp): Promise<{ html: string; values: string[] }[]> {
  const doms = [];
  for (const moment of MOMENTS) {
    await seekByRow(page, eventRow(page, moment));
    doms.push(await settledDom(page));
  }
  return doms;
}

const verdictOf = ({ page }: RunningApp): Promise<string> => evidence(page).getByRole('article').first().innerText();

test('shop, SDK, server, app, sync, server stopped, replay, diagnosis, export, import: same page, same verdict', async () => {
  const app = await launchApp({ profileDir: join(dir, 'first') });
  let doms: { html: string; values: string[] }[];
  let verdict: string;
  try {
    const { page } = app;
    await page.getByRole('button', { name: 'Connect to a server…' }).first().click();
    await page.getByLabel('URL').fill(server.url);
    await page.getByLabel('Read token').fill('tfr_wrong');
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await expect.poll(() => page.getByRole('region', { name: 'Servers', exact: true }).innerText()).toMatch(/token/i);
    await page.getByLabel('Read token').fill(server.readToken);
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await expect
      .poll(() => page.getByRole('region', { name: 'Servers', exact: true }).innerText())
      .toContain('Morrow Goods');
    await page.getByRole('button', { name: 'Save and sync' }).click();
    await page.getByRole('region', { name: 'Servers', exact: true }).getByText('Connected to').waitFor();
    await page.getByRole('tab', { name: 'Library' }).click();
    await expect.poll(() => page.getByRole('row').count(), { timeout: 60_000 }).toBe(2);
    await expect.poll(() => page.getByRole('row').nth(1).innerText(), { timeout: 60_000 }).toContain('/api/orders');

    await server.close();
    await expect(fetch(server.url)).rejects.toThrow();

    await openOnlySession(page);
    doms = await domAtMoments(app);
    const [home, paying, failed] = doms;
    expect(home?.html).toContain('Morrow Goods');
    expect(paying?.html).toMatch(/<h1[^>]*>Checkout<\/h1>/);
    expect(failed?.html).toMatch(/<h1[^>]*>Checkout<\/h1>/);
    expect(home?.html).not.toBe(paying?.html);
    // What the visitor typed is masked: as long as it was, and nothing of it readable.
    const typedCard = paying?.values.at(-1) ?? '';
    expect(typedCard).toHaveLength(card.length);
    expect(typedCard).toMatch(/^[^0-9]+$/);
    await expect.poll(() => recordedPage(page).getByRole('button', { name: 'Pay' }).isVisible()).toBe(true);

    verdict = await verdictOf(app);
    expect(verdict).toContain('Confirmed');
    expect(verdict).toContain('POST /api/orders');
    expect(verdict).toContain('500');
    await seeksFromTheChain(app);

    await app.app.evaluate(({ dialog }, file) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: file });
    }, evidenceFile);
    await page.getByRole('button', { name: 'Export…' }).click();
    await page.getByText('written to').first().waitFor({ timeout: 30_000 });
    expect(existsSync(evidenceFile)).toBe(true);
  } finally {
    await app.close();
  }

  const second = await launchApp({ profileDir: join(dir, 'second'), args: [evidenceFile] });
  try {
    await expect.poll(() => second.page.getByRole('row').count(), { timeout: 60_000 }).toBe(2);
    await openOnlySession(second.page);
    expect(await domAtMoments(second)).toEqual(doms);
    expect(await verdictOf(second)).toBe(verdict);
    expect([...app.log, ...second.log].filter((line) => /pageerror|Content Security Policy/.test(line))).toEqual([]);
  } finally {
    await second.close();
  }
}, 240_000);

/** Every link of the chain is a button that moves the playhead to its moment. */
async function seeksFromTheChain({ page }: RunningApp): Promise<void> {
  const links = evidence(page)
    .getByRole('article')
    .first()
    .getByRole('list', { name: 'Causal chain' })
    .getByRole('button');
  const count = await links.count();
  expect(count).toBeGreaterThanOrEqual(3);
  for (let i = 0; i < count; i++) {
    const link = links.nth(i);
    const at = await link.locator('time').innerText();
    await link.click();
    await expect.poll(() => page.getByRole('slider').first().getAttribute('aria-valuetext')).toContain(at);
  }
}
