import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Frame } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { payloads, recordings, vectors } from '../../fixtures/hostile/payloads.ts';
import { type Beacon, startBeacon } from '../../support/replay-beacon.ts';
import { buildLab } from '../../support/replay-lab/build-lab.ts';

let folder = '';
let beacon: Beacon;

beforeAll(async () => {
  [folder, beacon] = await Promise.all([buildLab(), startBeacon()]);
});
afterAll(async () => {
  await beacon?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** What hostile recordings achieved in one run. */
interface Outcome {
  readonly hits: readonly string[];
  readonly connections: number;
  readonly scripts: number;
  readonly navigations: readonly string[];
  readonly polluted: boolean;
  readonly thrown: readonly string[];
  readonly cancelled: number;
}

async function launchLab(layers: readonly string[]): Promise<ElectronApplication> {
  const runtime = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  return await _electron.launch({
    ...(runtime ? { executablePath: join(runtime, 'electron') } : {}),
    args: [join(folder, 'lab-main.cjs'), `--user-data-dir=${join(folder, `profile-${layers.join('-')}`)}`],
    chromiumSandbox: process.getuid?.() !== 0,
    env: { ...(process.env as Record<string, string>), TRACEFLOW_LAYERS: layers.join(',') },
  });
}

async function labFrame(app: ElectronApplication): Promise<Frame> {
  const page = await app.firstWindow();
  const frame = await (await page.waitForSelector('iframe', { state: 'attached' })).contentFrame();
  if (!frame) throw new Error('the laboratory page did not load');
  await frame.waitForURL('**/index.html');
  await frame.waitForFunction(() => 'lab' in window);
  return frame;
}

/** Plays every payload, in the snapshot and by mutation, all on one page, with only some layers of defence. */
async function attack(layers: readonly string[], table: typeof payloads): Promise<Outcome> {
  const app = await launchLab(layers);
  try {
    const page = await app.firstWindow();
    const frame = await labFrame(app);
    const count = (): void => {
      Object.assign(window, { messages: 0 });
      addEventListener('message', () =>
        Object.assign(window, { messages: Number(Reflect.get(window, 'messages')) + 1 }),
      );
    };
    await page.evaluate(count);
    await frame.evaluate(count);
    beacon.clear();
    const thrown = await frame.evaluate(([all, sanitise]) => window.lab.attack(all, sanitise), [
      recordings(beacon.base, table),
      layers.includes('sanitiser'),
    ] as const);
    await quiet();
    const polluted = await frame.evaluate(() => 'polluted' in {} || 'polluted2' in {});
    const messages = (): number => Number(Reflect.get(window, 'messages')) + ('pwned' in window ? 1 : 0);
    const seen = await app.evaluate(
      () => Reflect.get(globalThis, 'seen') as { navigations: string[]; cancelled: string[] },
    );
    return {
      hits: [...beacon.hits],
      connections: beacon.connections,
      scripts:
        (await page.evaluate(messages)) +
        (await frame.evaluate(messages)) +
        beacon.hits.filter((url) => /js-exec|fnctor|ran-in-frame/.test(url)).length,
      navigations: seen.navigations,
      polluted,
      thrown,
      cancelled: seen.cancelled.length,
    };
  } finally {
    await app.close();
  }
}

/** Waits until nothing has reached the beacon for a while: what is going to call has called. */
async function quiet(): Promise<void> {
  for (let before = -1; before !== beacon.hits.length + beacon.connections; ) {
    before = beacon.hits.length + beacon.connections;
    await new Promise((done) => setTimeout(done, 700));
  }
}

const nothing = { hits: [], connections: 0, scripts: 0, navigations: [], polluted: false, thrown: [] };

describe(`${Object.keys(payloads('')).length} hostile recordings, in the snapshot and by mutation`, () => {
  test('without any layer many call home: the payloads are live', async () => {
    const outcome = await attack([], payloads);
    const calling = new Set(outcome.hits.map((url) => url.split('/')[2] ?? ''));
    const known = Object.keys(vectors(''));
    const live = known.filter((name) => calling.has(name));
    const evading = Object.keys(payloads('')).filter((name) => calling.has(name) && !known.includes(name));
    console.log(`${live.length} of ${known.length} known vectors call home, and ${evading.length} evasions`);
    expect(live.length).toBeGreaterThanOrEqual(30);
    expect(evading.length).toBeGreaterThanOrEqual(10);
    expect(outcome.navigations.length).toBeGreaterThan(0);
  });

  test.each([
    { layers: ['sanitiser'] },
    { layers: ['csp'] },
    { layers: ['cancel', 'navigation'] },
    { layers: ['sanitiser', 'csp', 'cancel', 'navigation', 'sandbox'] },
  ])('$layers hold everything', async ({ layers }) => {
    const { cancelled, ...outcome } = await attack(layers, payloads);
    expect(outcome).toEqual(nothing);
    if (layers.includes('sanitiser'))
      expect(cancelled).toBe(0); // nothing was left to cancel
    else if (layers.includes('cancel')) expect(cancelled).toBeGreaterThan(30);
  });
});
