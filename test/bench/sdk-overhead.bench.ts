import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { CDPSession, Page } from 'playwright';
import type { Figure } from '../../tools/bench/bench-module.ts';
import { CHECKOUT } from '../../tools/setup/checkout.ts';
import { openSite, type Site } from '../integration/sdk/recorded-page.ts';
import { LARGE_PAGE } from './sdk/large-page.ts';
import { TABLE_PAGE } from './sdk/table-page.ts';

const ACTIONS = 1_500;
const PEER = '@rrweb/record';
const { version } = JSON.parse(readFileSync(join(CHECKOUT, 'node_modules', PEER, 'package.json'), 'utf8')) as {
  version: string;
};

/** What records: nothing, the peer with each event made to JSON, or this SDK with all it does, sending included. */
const START = {
  none: '({ flush: async () => undefined })',
  peer: `(window.record({ emit: (event) => { window.length_ = JSON.stringify(event).length; } }), { flush: async () => undefined })`,
  ours: "init({ server: location.origin, key: 'k' })",
} as const;
type Who = keyof typeof START;

async function bundlePeer(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: `import { record } from '${PEER}'; window.record = record;`, resolveDir: CHECKOUT },
    ...{ bundle: true, minify: true, format: 'iife', target: 'es2022', platform: 'browser', write: false },
  });
  return outputFiles[0]?.text ?? '';
}

/** Time the page's main thread has worked so far, on its own clock: other work of the machine does not count. */
async function threadMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
}

async function opened(site: Site, start: string, body: string): Promise<{ page: Page; session: CDPSession }> {
  const page = await site.open(body, { start, head: '<script src="/peer.js"></script>' });
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return { page, session };
}

async function actionsMs(site: Site, who: Who, actions: number): Promise<number> {
  const { page, session } = await opened(site, START[who], TABLE_PAGE);
  await page.evaluate(() => window.recorder.flush());
  const before = await threadMs(session);
  await page.evaluate(async (count) => {
    for (let i = 0; i < count; i++) {
      (window as unknown as { act(): void }).act();
      if (i % 5 === 0) await new Promise(requestAnimationFrame);
    }
    await window.recorder.flush();
  }, actions);
  const spent = (await threadMs(session)) - before;
  await page.context().close();
  return spent;
}

/** The longest task between starting to record a large page and its snapshot having been taken, wall time. */
async function longestStartMs(site: Site, who: Who): Promise<number> {
  const { page } = await opened(site, `{ ...${START.none}, begin: () => ${START[who]}.flush() }`, LARGE_PAGE);
  const longest = await page.evaluate(async () => {
    let found = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) found = Math.max(found, duration);
    }).observe({ type: 'longtask' });
    const { begin } = window.recorder as unknown as { begin(): Promise<void> };
    const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));
    await wait(100);
    // A task of its own, so that it is measured as one.
    await new Promise<void>((done) => setTimeout(() => void begin().then(done)));
    await wait(1_000);
    return found;
  });
  await page.context().close();
  return longest;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** What recording costs the page, against rrweb alone with its events made to JSON. */
async function* run({ quick }: { readonly quick: boolean }): AsyncGenerator<Figure> {
  const peerProgram = await bundlePeer();
  const site = await openSite((path, response) => {
    if (path !== '/peer.js') return false;
    response.setHeader('content-type', 'text/javascript').end(peerProgram);
    return true;
  });
  try {
    const runs = quick ? 1 : 5;
    const actions = quick ? 300 : ACTIONS;
    const visits: Record<Who, number>[] = [];
    const starts: Record<'peer' | 'ours', number>[] = [];
    for (let i = 0; i < runs; i += 1) {
      const none = await actionsMs(site, 'none', actions);
      const peer = await actionsMs(site, 'peer', actions);
      visits.push({ none, peer, ours: await actionsMs(site, 'ours', actions) });
      starts.push({ peer: await longestStartMs(site, 'peer'), ours: await longestStartMs(site, 'ours') });
    }
    const peer = `${PEER} ${version} + JSON.stringify`;
    const of = (value: (visit: Record<Who, number>) => number): number => median(visits.map(value));
    yield { metric: 'actions', value: of((visit) => visit.ours / visit.peer), unit: 'x', peer, runs };
    yield {
      metric: 'actions_added',
      value: of(({ ours, none, peer: other }) => (ours - none) / (other - none)),
      ...{ unit: 'x', peer: `${peer}, without what the page itself takes`, runs },
    };
    yield { metric: 'actions_ms', value: of(({ ours }) => ours), unit: 'ms', runs };
    yield { metric: 'actions_peer_ms', value: of((visit) => visit.peer), unit: 'ms', peer, runs };
    yield { metric: 'actions_bare_ms', value: of(({ none }) => none), unit: 'ms', peer: 'no recorder', runs };
    yield { metric: 'first_snapshot_ms', value: median(starts.map(({ ours }) => ours)), unit: 'ms', runs };
    yield { metric: 'first_snapshot_peer_ms', value: median(starts.map((one) => one.peer)), unit: 'ms', peer, runs };
  } finally {
    await site.close();
  }
}

export default { name: 'sdk-overhead', run };
