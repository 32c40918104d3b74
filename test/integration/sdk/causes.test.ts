import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { deriveSession, isFact } from '../../../shared/facts/index.ts';
import { EventType, IncrementalSource, type RecordedEvent } from '../../../shared/model/recorded-event.ts';
import { captured, openSite, type Site } from './recorded-page.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite((path, response) => {
    if (path === '/api/slow') setTimeout(() => response.end('{"a":1}'), 150);
    else if (path === '/api/next') response.end('{"b":2}');
    else if (path === '/api/broken') response.end('<no json>');
    else if (path === '/feed') response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: x\n\n');
    else return false;
    return true;
  });
});
afterAll(() => site.close());
afterEach(async () => {
  for (const context of site.browser.contexts()) await context.close();
  expect(site.troubles).toEqual([]);
});

/** For each recorded change of the document its first added text, and the causes that were told for it. */
function causesByText(events: readonly RecordedEvent[]): Map<string, unknown> {
  const found = new Map<string, unknown>();
  let causes: unknown = [];
  for (const { type, data } of events) {
    const fields = data as { plugin?: string; payload?: { causes: unknown }; source?: number; attributes?: unknown[] };
    if (fields.plugin === 'traceflow/cause@1') causes = fields.payload?.causes;
    if (type !== EventType.Incremental || fields.source !== IncrementalSource.Mutation) continue;
    const mark = /"data-mark":"([a-z-]+)"/.exec(JSON.stringify(fields.attributes));
    if (mark?.[1]) found.set(mark[1], causes);
  }
  return found;
}

it('name the act and the answer behind every change, over timers, frames, messages and promises', async () => {
  const page = await site.open(`<p id="out"></p><div id="alone"></div>
    <button id="go">Go</button><script>
      const mark = (name) => out.setAttribute('data-mark', name);
      window.done = [];
      let interval;
      // Not earlier: what a page made before the recording began is not followed.
      let channel;
      addEventListener('pointerdown', () => {
        channel = new MessageChannel();
        channel.port1.onmessage = () => mark('message');
      });
      go.onclick = async () => {
        mark('sync');
        setTimeout(() => mark('timeout'), 60);
        requestAnimationFrame(() => { mark('frame'); channel.port2.postMessage(1); });
        interval = setInterval(() => { clearInterval(interval); mark('interval'); }, 90);
        requestIdleCallback(() => mark('idle'));
        const slow = await (await fetch('/api/slow')).json();
        mark('answer');
        await new Promise((over) => setTimeout(over, 30));
        mark('answer-later');
        await (await fetch('/api/next')).json();
        mark('next');
        window.done.push(slow);
      };
      window.clockwork = () => setTimeout(() => mark('nobody'), 20);
    </script>`);
  await page.evaluate(() => (window as unknown as { clockwork(): void }).clockwork());
  await expect.poll(async () => causesByText(await site.recorded(page)).has('nobody')).toBe(true);
  await page.click('#go');
  await page.waitForFunction(() => (window as unknown as { done: unknown[] }).done.length === 1);
  await expect.poll(async () => captured(await site.recorded(page), 'effect').length).toBe(1);
  const events = await site.recorded(page);
  const changes = causesByText(events);
  const by = (timer?: object) => [{ action: 1, ...(timer ? { timer } : {}) }];
  expect(Object.fromEntries(changes)).toEqual({
    nobody: [],
    sync: by(),
    timeout: by({ kind: 'timeout', delayMs: 60 }),
    frame: by({ kind: 'frame' }),
    message: by({ kind: 'message' }),
    interval: by({ kind: 'interval', delayMs: 90 }),
    idle: by({ kind: 'idle' }),
    answer: [{ action: 1, request: 'r1' }],
    'answer-later': [{ action: 1, request: 'r1', timer: { kind: 'timeout', delayMs: 30 } }],
    next: [{ action: 1, request: 'r2' }],
  });
  const sent = captured(events, 'request').filter(({ phase }) => phase === 'sent');
  expect(sent.map(({ id, action, after }) => [id, action, after])).toEqual([
    ['r1', 1, undefined],
    ['r2', 1, 'r1'],
  ]);
  expect(sent[1]?.timer).toEqual({ kind: 'timeout', delayMs: 30 });
  const [effect] = captured(events, 'effect');
  expect(effect?.caused).toBe(effect?.mutations);
  expect(effect?.changed).toMatchObject([{ selector: '#out', what: ['attribute'] }]);
  expect(effect?.changed?.[0]?.node).toBeGreaterThan(0);

  const placed = events.map((event, seq) => ({ window: 'w', generation: 'g', seq, event }));
  const { signals } = deriveSession(placed);
  const [click] = signals.flatMap((signal) => (isFact(signal, 'click') ? [signal.details.effect] : []));
  expect(click).toMatchObject({ caused: effect?.caused, places: [{ selector: '#out' }] });
  const requests = signals.flatMap((signal) => (isFact(signal, 'request') ? [signal.details] : []));
  expect(requests.map(({ after, domChangedAfterConsumed: dom }) => [after, dom?.recorded, dom?.changes])).toEqual([
    [null, true, 2],
    ['r1', true, 1],
  ]);
});

it('name the answer behind an error wherever it surfaces, and the stream behind a message', async () => {
  const page = await site.open(`<p id="out"></p><button id="go">Go</button><script>
    go.onclick = () => {
      fetch('/api/broken').then((r) => r.json()).catch((reason) => { window.kept = reason; });
    };
    window.later = () => { setTimeout(() => { console.error('kept', window.kept); throw window.kept; }, 0); };
    window.listen = () => {
      new EventSource('/feed').onmessage = () => { out.setAttribute('data-mark', 'stream'); throw new Error('of a message'); };
    };
  </script>`);
  await page.click('#go');
  await page.waitForFunction(() => 'kept' in window);
  await page.evaluate(() => {
    const { later, listen } = window as unknown as { later(): void; listen(): void };
    later();
    listen();
  });
  const errors = async () => captured(await site.recorded(page), 'error');
  await expect.poll(async () => (await errors()).length).toBeGreaterThan(1);
  const byName = new Map((await errors()).map((error) => [error.name, error]));
  expect(byName.get('SyntaxError')).toMatchObject({ action: 1, request: 'r1' });
  expect(byName.get('Error')).toMatchObject({ message: 'of a message', stream: 's1' });
  const events = await site.recorded(page);
  expect(captured(events, 'console')[0]).toMatchObject({ args: ['kept', expect.anything()], action: 1, request: 'r1' });
  expect(causesByText(events).get('stream')).toEqual([{ stream: 's1' }]);
});

it('tell each of two quick steps of the address, in order, with its own address', async () => {
  const page = await site.open('<p>x</p>');
  await page.evaluate(() => {
    location.hash = 'one';
    location.hash = 'two';
    history.pushState(null, '', '?p=1#three');
    location.hash = 'four';
  });
  await page.evaluate(() => history.back());
  const told = async () =>
    captured(await site.recorded(page), 'navigation').map(({ kind, url }) => `${kind} ${url.replace(/^[^#]*#?/, '')}`);
  await expect.poll(async () => (await told()).length).toBe(6);
  expect(await told()).toEqual(['load ', 'hash one', 'hash two', 'push three', 'hash four', 'hash three']);
});
