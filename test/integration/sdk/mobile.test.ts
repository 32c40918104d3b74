import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isFact } from '../../../shared/facts/details.ts';
import { deriveSession } from '../../../shared/facts/index.ts';
import type { RecordedEvent } from '../../../shared/model/recorded-event.ts';
import { bundleWebSdk } from '../../../tools/build/web-sdk.ts';
import { launchChromium } from '../../support/chromium.ts';
import type { Phone } from '../../support/phone/phone.ts';
import { buildLab } from '../../support/replay-lab/build-lab.ts';
import { captured } from './recorded-page.ts';
import { openPhoneShop, type PhoneShop, until } from './recorded-phone.ts';

let shop: PhoneShop;
let browser: Browser;
beforeAll(async () => {
  [shop, browser] = await Promise.all([openPhoneShop(), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await shop?.close();
});

/** Waits until what was recorded so far holds something. */
async function sent(phone: Phone, what: string, condition: (text: string) => boolean): Promise<RecordedEvent[]> {
  let events: RecordedEvent[] = [];
  await expect
    .poll(
      async () => {
        events = await shop.recorded(phone.recorder);
        return condition(JSON.stringify(events));
      },
      { message: what },
    )
    .toBe(true);
  return events;
}
const drawn = (phone: Phone) => sent(phone, 'the screen', (text) => text.includes('"Row 29"'));
const settled = (phone: Phone, answer: string) =>
  sent(phone, answer, (text) => text.includes(`"value":"${answer}"`) && text.includes('consumed'));

describe('an app of React Native', () => {
  it('is recorded: acts with what they caused, screens, failures, network, console, app state', async () => {
    const phone = await shop.open({ user: { id: 'u1' } });
    await drawn(phone);
    await phone.tap('pay');
    await settled(phone, '************');
    phone.type('search', 'SECRETtyped');
    phone.drag('list', -120);
    await sent(phone, 'the scrolling', (text) => text.includes('"source":3,'));
    await phone.tap('open');
    await sent(phone, 'the other screen', (text) => text.includes('"Details"'));
    phone.fail(phone.evaluate("Object.assign(new TypeError('no such order of anna@example.com'))"));
    phone.reject(phone.evaluate("new Error('never mind')"));
    phone.recorder.captureException(phone.evaluate("new Error('caught')"));
    phone.recorder.track('opened', { id: 7 });
    phone.recorder.tag('plan', 'gold');
    await phone.tap('back');
    await sent(phone, 'the way back', (text) => text.includes('"pop"'));
    phone.show('background');
    phone.show('active');
    await sent(phone, 'being back', (text) => text.includes('"visible"'));

    const { signals, summary } = deriveSession(shop.placed(phone.recorder.sessionId));
    expect(summary).toMatchObject({
      ...{ user: 'u1', release: '1.2.3', clicks: 3, errors: 2, failedRequests: 1, skipped: 0 },
    });
    const texts = signals.filter(({ kind }) => kind !== 'gap').map(({ text }) => text);
    expect(texts).toEqual(
      expect.arrayContaining([
        ...[
          'Click "Pay"',
          'Type into [data-testid="search"]',
          'Key Enter',
          'Click "Order ***********"',
          'Click "Back"',
        ],
        ...[
          expect.stringMatching(/^POST .*\/orders.* 500/),
          'Go to app:/Order',
          expect.stringContaining('no such order of <email>'),
        ],
        ...[
          expect.stringContaining('never mind'),
          expect.stringContaining('paying for <email>'),
          'Page hidden',
          'Page visible',
        ],
      ]),
    );
    const [pay] = signals.filter((signal) => isFact(signal, 'click'));
    const request = signals.find((signal) => isFact(signal, 'request'));
    expect(pay?.details).toMatchObject({ action: 1, interactive: true, effect: { requests: ['r1'] } });
    expect(request?.details).toMatchObject({ action: 1, status: 500, shape: '{message:string}' });
  });

  it('sends none of what is private, and all that is not', async () => {
    const text = shop.sink.text();
    expect(text.match(/SECRET\w*/gi) ?? []).toEqual([]);
    expect(text).not.toContain('anna@');
    for (const control of [
      '"Shop"',
      '"Row 7"',
      'data-testid":"greeting',
      '"label":"Pay"',
      '***** **********',
      'opened',
      'gold',
    ])
      expect(text).toContain(control);
    // A touch that is nobody's business leaves no trace.
    const phone = await shop.open();
    await drawn(phone);
    await phone.tap('pin');
    const events = await sent(phone, 'its effect', (all) => all.includes('"value":"***"'));
    expect(captured(events, 'action')).toEqual([]);
    expect(events.filter(({ data }) => [2, 6].includes((data as { source: number }).source))).toEqual([]);
    phone.kill();
  });

  it('replays in Chromium: boxes where the layout put them, masked, the touch on its target', async () => {
    const phone = await shop.open();
    const first = await drawn(phone);
    const frames = new Map(
      ['pay', 'greeting', 'search', 'blocked', 'list', 'row-3'].map((id) => [
        id,
        phone.screen.frameOf(phone.screen.byTestId(id)),
      ]),
    );
    await phone.tap('pay');
    await settled(phone, '************');
    phone.drag('list', -100);
    const events = await sent(phone, 'the scrolling', (text) => text.includes('"source":3,'));
    expect(events.length).toBeGreaterThan(first.length);
    const scrolled = phone.screen.frameOf(phone.screen.byTestId('row-3'));

    const folder = await buildLab();
    const page = await browser.newPage({ viewport: { width: 1024, height: 900 } });
    await page.route('http://lab.test/**', (route) => {
      const name = new URL(route.request().url()).pathname.slice(1) || 'lab.html';
      const contentType = name.endsWith('.js') ? 'text/javascript' : name.endsWith('.css') ? 'text/css' : 'text/html';
      return route.fulfill({ contentType, body: readFileSync(join(folder, name)) });
    });
    await page.goto('http://lab.test/');
    await page.waitForFunction(() => window.lab !== undefined);
    rmSync(folder, { recursive: true, force: true });
    const click = captured(events, 'action')[0];
    const shown = await page.evaluate(
      async ({ events, atMs, ids, x, y }) => {
        const replay = await window.lab.open(events, true);
        const boxes = async (at: number) => {
          await replay.show(at, true);
          await window.lab.turn(50);
          const { contentDocument: document } = replay.applier.iframe;
          if (!document) throw new Error('no page');
          const all = ids.map((id) => {
            const box = document.querySelector(`[data-testid="${id}"]`)?.getBoundingClientRect();
            return [id, box && [box.x, box.y, box.width, box.height].map((n) => Math.round(n))] as const;
          });
          const touched = document.elementFromPoint(x, y)?.closest('[role=button]')?.getAttribute('data-testid');
          return { boxes: Object.fromEntries(all), text: document.body.innerText, touched };
        };
        const before = await boxes(atMs);
        return { before, after: await boxes(1e9) };
      },
      {
        events: events as { timestamp: number }[],
        atMs: (first.at(-1)?.timestamp ?? 0) - (first[0]?.timestamp ?? 0),
        ids: [...frames.keys()],
        ...{ x: click?.x ?? -1, y: click?.y ?? -1 },
      },
    );
    const rounded = ({ x, y, width, height }: { x: number; y: number; width: number; height: number }) =>
      [x, y, width, height].map((n) => Math.round(n));
    expect(shown.before.boxes).toEqual(Object.fromEntries([...frames].map(([id, frame]) => [id, rounded(frame)])));
    expect(shown.before.touched).toBe('pay');
    expect(shown.before.text).toContain('***** **********');
    expect(shown.before.text).toContain('Row 3');
    expect(shown.after.boxes['row-3']).toEqual(rounded(scrolled));
    expect(shown.after.text).toContain('************');
    await page.screenshot({ path: 'test-results/mobile-replay.png' });
    await page.close();
    phone.kill();
  });

  it('loses nothing offline or when it is killed, sends nothing twice with effect, and goes on with its session', async () => {
    shop.stored.clear();
    shop.sink.answer = () => 'forget';
    const phone = await shop.open();
    await phone.recorder.flush();
    await until('a session', () => phone.recorder.sessionId !== '');
    const session = phone.recorder.sessionId;
    phone.recorder.track('before the end');
    phone.show('background');
    await until('what waits', () => [...shop.stored.keys()].some((name) => name.includes('batch ')));
    phone.kill();
    const repeats = shop.sink.repeats();

    shop.sink.answer = () => 'accept';
    const again = await shop.open();
    await drawn(again);
    expect(again.recorder.sessionId).toBe(session);
    await expect.poll(() => [...shop.stored.keys()].filter((name) => name.includes('batch '))).toEqual([]);
    const { signals, summary } = deriveSession(shop.placed(session));
    expect(shop.sink.repeats()).toBeGreaterThan(repeats);
    expect(summary.repeated).toBe(0);
    expect(signals.filter(({ kind }) => kind === 'gap')).toEqual([]);
    expect(signals.filter(({ kind }) => kind === 'track').map(({ text }) => text)).toEqual([
      expect.stringContaining('before the end'),
    ]);
    expect(new Set(shop.sink.heads.filter((head) => head.session === session).map(({ window }) => window)).size).toBe(
      1,
    );
    again.kill();
  });

  it('records nothing before consent, while it is paused, and after an opt-out, which lasts', async () => {
    shop.stored.clear();
    const posted = shop.sink.heads.length;
    const phone = await shop.open({ waitForConsent: true });
    await phone.tap('pay');
    await phone.recorder.flush();
    expect(phone.recorder.sessionId).toBe('');
    expect(shop.sink.heads.length).toBe(posted);
    phone.recorder.resume();
    await drawn(phone);
    phone.recorder.pause();
    phone.recorder.track('unheard');
    await phone.tap('pay');
    phone.recorder.resume();
    const events = await sent(phone, 'the pause', (text) => text.includes('"paused"'));
    expect(captured(events, 'action')).toEqual([]);
    expect(captured(events, 'track')).toEqual([]);
    phone.recorder.optOut();
    phone.recorder.track('after all');
    await phone.recorder.flush();
    phone.kill();
    const later = await shop.open();
    await later.recorder.flush();
    expect(later.recorder.sessionId).toBe('');
    expect(shop.sink.text()).not.toContain('after all');
    later.recorder.optIn();
    await drawn(later);
    later.kill();
    shop.stored.clear();
  });

  it('shares its session with the pages that it shows, as tabs of their own', async () => {
    const phone = await shop.open();
    await drawn(phone);
    const files = Object.values(await bundleWebSdk());
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.addInitScript(phone.recorder.webViewScript([shop.sink.url]));
    const elsewhere = shop.sink.url.replace('127.0.0.1', 'localhost');
    const start = `window.recorder = init({ server: '${shop.sink.url}', key: 'k' });`;
    const body = `<script type="module">import { init } from '/traceflow.js'; ${start}</script>`;
    await context.route('**/cart', (route) => route.fulfill({ contentType: 'text/html', body }));
    for (const { name, text } of files)
      await context.route(`**/${name}`, (route) => route.fulfill({ contentType: 'text/javascript', body: text }));
    const sessionAt = async (address: string): Promise<string> => {
      await page.goto(address);
      await page.waitForFunction(() => window.recorder?.sessionId);
      return await page.evaluate(async () => {
        await window.recorder.flush();
        return window.recorder.sessionId;
      });
    };
    expect(await sessionAt(`${shop.sink.url}/cart`)).toBe(phone.recorder.sessionId);
    expect(await sessionAt(`${elsewhere}/cart`)).not.toBe(phone.recorder.sessionId);
    const windows = shop.sink.heads
      .filter(({ session }) => session === phone.recorder.sessionId)
      .map(({ window }) => window);
    expect(new Set(windows).size).toBe(2);
    const { signals } = deriveSession(shop.placed(phone.recorder.sessionId));
    expect(signals.filter(({ kind }) => kind === 'page').map(({ page: name }) => name)).toEqual(
      expect.arrayContaining(['app:/Home', `${shop.sink.url}/cart`]),
    );
    await context.close();
    phone.kill();
  });

  it('is told of nothing that went wrong inside', () => {
    expect(shop.lines.filter((line) => line.includes('[traceflow]'))).toEqual([]);
  });
});
