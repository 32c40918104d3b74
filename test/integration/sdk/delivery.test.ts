import type { BrowserContext, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../../shared/model/recorded-event.ts';
import { captured, openSite, type Site } from './recorded-page.ts';

let site: Site;
let context: BrowserContext;
beforeAll(async () => {
  site = await openSite();
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
    await page.goto('about:blank');
    const kinds = () =>
      captured(site.sink.events(generationsOf(session)[0] ?? ''), 'navigation').map(({ kind }) => kind);
    await expect.poll(kinds).toEqual(['load', 'leave']);
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
});
