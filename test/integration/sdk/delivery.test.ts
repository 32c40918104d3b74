import type { BrowserContext, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../../shared/model/recorded-event.ts';
import { launchChromium } from '../../support/chromium.ts';
import { captured, openSite, type Site } from './recorded-page.ts';

let site: Site;
let context: BrowserContext;
beforeAll(async () => {
  site = await openSite((path) => path === '/never');
});
afterAll(() => site.close());
beforeEach(async () => {
  context = await site.browser.newContext();
  site.troubles.length = 0;
});
afterEach(async () => {
  site.sink.answer = () => 'accept';
  await context.close();
});

const sessionOf = (page: Page) => page.evaluate(() => window.recorder.sessionId);
const generationsOf = (session: string) => [
  ...new Set(site.sink.heads.filter((head) => head.session === session).map(({ generation }) => generation)),
];
const windowsOf = (session: string) => [
  ...new Set(site.sink.heads.filter((head) => head.session === session).map(({ window }) => window)),
];
const isWhole = (seqs: readonly number[]) => seqs.length > 0 && seqs.every((seq, i) => seq === i);
const logged = (events: readonly RecordedEvent[]) => captured(events, 'console').map(({ args }) => args[0]);
const say = (page: Page, words: readonly string[]) =>
  page.evaluate((list) => {
    for (const word of list) console.log(word);
  }, words);

describe('identity', () => {
  it('stays with the tab over reloads, each a whole generation of its own', async () => {
    const page = await site.open('<p>x</p>', { context });
    const session = await sessionOf(page);
    for (let i = 0; i < 2; i++) {
      await say(page, [`load ${i}`]);
      await page.reload();
      await page.waitForFunction(() => window.recorder !== undefined);
    }
    await site.recorded(page);
    await site.sink.until('three generations', () => generationsOf(session).length === 3);
    expect(await sessionOf(page)).toBe(session);
    expect(windowsOf(session)).toHaveLength(1);
    for (const generation of generationsOf(session)) {
      expect(isWhole(site.sink.seqs(generation))).toBe(true);
      expect(captured(site.sink.events(generation), 'session')).toHaveLength(1);
    }
  });

  it('ends each page with the moment it was left', async () => {
    const page = await site.open('<p>x</p>', { context });
    const session = await sessionOf(page);
    // Never answered: the browser drops it when the page is left.
    await page.evaluate(() => void fetch('/never').catch(() => undefined));
    await page.evaluate(() => window.recorder.flush());
    await page.goto('about:blank');
    const kinds = () =>
      captured(site.sink.events(generationsOf(session)[0] ?? ''), 'navigation').map(({ kind }) => kind);
    await expect.poll(kinds).toEqual(['load', 'leave']);
    const outcomes = () =>
      captured(site.sink.events(generationsOf(session)[0] ?? ''), 'request').map(
        ({ phase, failure }) => failure ?? phase,
      );
    await expect.poll(outcomes).toEqual(['sent', 'aborted']);
  });

  it('tells a duplicated tab from its original', async () => {
    const page = await site.open('<p>x</p>', { context });
    const session = await sessionOf(page);
    // A window opened by script starts, like a duplicated tab, with a copy of the session storage.
    const [copy] = await Promise.all([
      context.waitForEvent('page'),
      page.evaluate(() => void window.open(location.href)),
    ]);
    await copy.waitForFunction(() => window.recorder !== undefined);
    await site.recorded(page);
    await site.recorded(copy);
    expect(await sessionOf(copy)).toBe(session);
    expect(windowsOf(session)).toHaveLength(2);
    await copy.reload();
    await copy.waitForFunction(() => window.recorder !== undefined);
    await site.recorded(copy);
    expect(windowsOf(session)).toHaveLength(2);
    expect(generationsOf(session)).toHaveLength(3);
  });

  it('begins a new session after thirty idle minutes, with a snapshot of its own', async () => {
    const recorded = await site.open('<button id="b">B</button>', {
      context,
      start:
        "(performance.real = performance.now.bind(performance), performance.jump = 0, performance.now = () => performance.real() + performance.jump, init({ server: location.origin, key: 'k' }))",
    });
    const first = await sessionOf(recorded);
    await say(recorded, ['before']);
    await recorded.evaluate('performance.jump = 31 * 60 * 1000');
    await say(recorded, ['while away']);
    await recorded.click('#b');
    await say(recorded, ['after']);
    const second = await sessionOf(recorded);
    expect(second).not.toBe(first);
    const events = await site.recorded(recorded);
    const [generation] = generationsOf(second);
    expect(isWhole(site.sink.seqs(generation ?? ''))).toBe(true);
    expect(captured(events, 'session')).toHaveLength(1);
    expect(events.some(({ type }) => type === 2)).toBe(true);
    expect(captured(events, 'action')).toMatchObject([{ id: 1, kind: 'click' }]);
    expect(logged(events)).toEqual(['after']);
    expect(logged(site.sink.events(generationsOf(first)[0]))).toEqual(['before']);
  });
});

describe('delivery', () => {
  it('loses nothing and keeps the order when the server fails, hangs up, or loses its answer', async () => {
    let posts = 0;
    const answers = [500, 'drop', 'accept', 503, 'forget', 'drop'] as const;
    site.sink.answer = () => answers[posts++] ?? 'accept';
    const page = await site.open('<p>x</p>', { context });
    const session = await sessionOf(page);
    const words = Array.from({ length: 12 }, (_, i) => `word ${i}`);
    await page.evaluate((list) => {
      for (const word of list) console.log(word, ...Array.from({ length: 18 }, () => 'x'.repeat(999)));
    }, words);
    await expect.poll(async () => logged(await site.recorded(page)).length, { timeout: 30_000 }).toBe(words.length);
    const [generation = ''] = generationsOf(session);
    expect(logged(site.sink.events(generation))).toEqual(words);
    expect(isWhole(site.sink.seqs(generation))).toBe(true);
    const firsts = site.sink.heads.filter((head) => head.session === session).map(({ first }) => first);
    expect(firsts).toEqual([...firsts].sort((a, b) => a - b));
    expect(posts).toBeGreaterThan(answers.length);
    expect(site.sink.repeats()).toBeGreaterThan(0);
  });

  it('sends by itself, packed, with heads that say when', async () => {
    const page = await site.open('<p>x</p>', { context });
    const session = await sessionOf(page);
    const plain = site.sink.plain();
    await site.sink.until('a batch', () => generationsOf(session).length > 0);
    expect(site.sink.plain()).toBe(plain);
    const [head] = site.sink.heads.filter((one) => one.session === session);
    const events = site.sink.events(head?.generation);
    expect(head).toMatchObject({ v: 1, key: 'k', first: 0, count: events.length, from: events[0]?.timestamp });
    expect(head?.sent).toBeGreaterThanOrEqual(head?.to ?? Number.POSITIVE_INFINITY);
  });

  it('hands the rest to the browser when the page goes away', async () => {
    const page = await site.open(`<a id="away" href="/page-0">away</a>`, { context });
    await site.recorded(page);
    const session = await sessionOf(page);
    await say(page, ['last words']);
    await page.click('#away');
    const [generation = ''] = generationsOf(session);
    await site.sink.until('the last words', () => logged(site.sink.events(generation)).includes('last words'));
    const events = site.sink.events(generation);
    expect(isWhole(site.sink.seqs(generation))).toBe(true);
    expect(captured(events, 'effect')).toMatchObject([{ navigated: true }]);
  });

  it('gives up on a refused key with one warning and takes its hooks out', async () => {
    site.sink.answer = () => 401;
    const page = await site.open('<p>x</p>', { context });
    await page.evaluate(() => window.recorder.flush());
    await page.evaluate(() => window.recorder.flush());
    expect(site.troubles).toHaveLength(1);
    expect(site.troubles[0]).toContain('refuses this write key');
    const posts = site.sink.heads.length;
    await say(page, ['not heard']);
    await page.evaluate(() => window.recorder.flush());
    expect(site.sink.heads.length).toBe(posts);
  });

  it('skips a batch that is too large for the server and records the document again', async () => {
    site.sink.answer = (head) => (head.first === 0 ? 413 : 'accept');
    const page = await site.open('<p>x</p>', { context });
    await page.evaluate(() => window.recorder.flush());
    await say(page, ['goes on']);
    await page.evaluate(() => window.recorder.flush());
    const events = await site.recorded(page);
    expect(site.troubles).toHaveLength(1);
    expect(logged(events)).toEqual(['goes on']);
    expect(events.some(({ type }) => type === 2)).toBe(true);
  });

  it('brings what was recorded while the server was away, also of a page that is gone', async () => {
    site.sink.answer = () => 503;
    const page = await site.open('<p>x</p>', { context });
    const first = await sessionOf(page);
    await say(page, ['while away']);
    await page.evaluate(() => window.recorder.flush());
    await say(page, ['last words']);
    await page.reload();
    await page.waitForFunction(() => window.recorder !== undefined);
    await page.evaluate(() => window.recorder.flush());
    expect(generationsOf(first)).toEqual([]);
    site.sink.answer = () => 'accept';
    await site.sink.until('both pages', () => generationsOf(first).length === 2);
    const gone = () =>
      generationsOf(first).find((generation) => logged(site.sink.events(generation)).includes('while away')) ?? '';
    const steps = () => captured(site.sink.events(gone()), 'navigation').map(({ kind }) => kind);
    await expect.poll(steps, { timeout: 20_000 }).toEqual(['load', 'leave']);
    expect(isWhole(site.sink.seqs(gone()))).toBe(true);
    expect(logged(site.sink.events(gone()))).toEqual(['while away', 'last words']);
    // What was brought is not brought again.
    const brought = site.sink.heads.filter(({ generation }) => generation === gone()).length;
    await page.reload();
    await page.waitForFunction(() => window.recorder !== undefined);
    await site.recorded(page);
    expect(site.sink.heads.filter(({ generation }) => generation === gone())).toHaveLength(brought);
  });

  it('leaves a document that changes without end out, says so, and records it anew when it calms down', async () => {
    const page = await site.open('<p id="p">x</p>', { context });
    await page.evaluate(async () => {
      for (let i = 0; i < 80; i++) {
        document.body.append(`${i} ${'x'.repeat(200_000)}`);
        document.body.lastChild?.previousSibling?.remove();
        await new Promise(requestAnimationFrame);
      }
      document.body.append('calm');
    });
    const omissions = async () => captured(await site.recorded(page), 'omission');
    await expect.poll(async () => (await omissions()).length, { timeout: 60_000 }).toBe(1);
    expect((await omissions())[0]).toMatchObject({ what: 'dom', reason: 'mutations' });
    const events = await site.recorded(page);
    const chars = (type: number) => JSON.stringify(events.filter((event) => event.type === type)).length;
    expect(chars(3)).toBeLessThan(13 * 1024 * 1024);
    expect(events.filter(({ type }) => type === 2)).toHaveLength(2);
    const says = (event: RecordedEvent) => JSON.stringify(event).includes('traceflow/omission');
    expect(events.slice(events.findIndex(says) + 1).map(({ type }) => type)).toContain(2);
  });

  it('works on a plain-http page whose policy allows next to nothing', async () => {
    const browser = await launchChromium(['--host-resolver-rules=MAP plain.test 127.0.0.1']);
    const policy = `default-src 'none'; script-src 'nonce-n'; connect-src 'self'; require-trusted-types-for 'script'`;
    const page = await site.open('<button id="b">B</button>', {
      ...{ context: await browser.newContext(), host: 'plain.test' },
      head: `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    });
    expect(await page.evaluate(() => window.isSecureContext)).toBe(false);
    await page.click('#b');
    await say(page, ['heard']);
    const events = await site.recorded(page);
    expect(logged(events)).toEqual(['heard']);
    expect(captured(events, 'action')).toHaveLength(1);
    expect(captured(events, 'violation')).toEqual([]);
    expect(events.some(({ type }) => type === 2)).toBe(true);
    await browser.close();
  });
});
