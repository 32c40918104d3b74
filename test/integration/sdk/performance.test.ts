import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CapturedName, CapturedPayloads } from '../../../shared/model/captured-schemas.ts';
import { captured, openSite, type Site } from './recorded-page.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite((path, response, request) => {
    if (path.endsWith('/echo')) void echo(request, response);
    else if (path === '/api/order') {
      response.setHeader('content-type', 'application/json');
      response.setHeader('server-timing', 'db;dur=5');
      response.setHeader('x-request-id', 'req-77');
      response.setHeader('x-plan', 'gold');
      response.setHeader('x-private', 'SECRETheader');
      setTimeout(
        () => response.end('{"id":7,"token":"SECRETtoken","mail":"SECRETmail@example.com","open":"kept"}'),
        60,
      );
    } else if (path === '/feed') {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: SECRETfeed\n\n');
    } else return false;
    return true;
  });
  site.sink.onUpgrade(echoOnce);
});
afterAll(() => site.close());
afterEach(async () => {
  for (const context of site.browser.contexts()) await context.close();
  expect(site.troubles).toEqual([]);
});

/** Answers with what was asked: method, headers, body. Allows everything to other origins. */
async function echo(request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.setHeader('access-control-allow-headers', 'traceparent, traceflow-session');
  let body = '';
  for await (const part of request) body += part;
  response.end(JSON.stringify({ method: request.method, body, ...request.headers }));
}

/** The least of a WebSocket server (RFC 6455): greets, waits for one message, closes with 4001. */
function echoOnce(request: IncomingMessage, socket: Duplex): void {
  const key = createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`);
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key.digest('base64')}\r\n\r\n`,
  );
  socket.write(Buffer.concat([Buffer.from([0x81, 12]), Buffer.from('SECRETsocket')]));
  socket.on('error', () => undefined);
  socket.once('data', () => socket.write(Buffer.from([0x88, 2, 0x0f, 0xa1])));
}

/** Waits until a condition holds for the records of one kind. */
async function eventually<K extends CapturedName>(
  page: Page,
  kind: K,
  holds: (list: CapturedPayloads[K][]) => boolean,
): Promise<CapturedPayloads[K][]> {
  await expect.poll(async () => holds(captured(await site.recorded(page), kind)), { timeout: 20_000 }).toBe(true);
  return captured(await site.recorded(page), kind);
}

const busy = (ms: number) => `{ const until = performance.now() + ${ms}; while (performance.now() < until); }`;

describe('how a page feels', () => {
  it('is told by the vitals, at the moment and with the element they are about', async () => {
    const page = await site.open(
      `<h1 id="hero" style="font-size:60px">A large heading of the page</h1><button id="b" onclick='${busy(90)}'>B</button>`,
    );
    await page.click('#b');
    // Metrics are told when the page is hidden; the browser delivers its measurements a little after the fact.
    const hide = () =>
      page.evaluate(() => {
        Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      });
    const names = ['CLS', 'FCP', 'INP', 'LCP', 'TTFB'];
    const told = async () => {
      await hide();
      return captured(await site.recorded(page), 'vital')
        .map(({ name }) => name)
        .sort();
    };
    await expect.poll(told, { timeout: 20_000 }).toEqual(names);
    const vitals = captured(await site.recorded(page), 'vital');
    const named = (name: string) => vitals.find((vital) => vital.name === name);
    expect(named('LCP')?.selector).toBe('#hero');
    expect(named('INP')?.selector).toBe('#b');
    const started = await page.evaluate(() => performance.timeOrigin);
    const lcp = named('LCP');
    expect(Math.abs((lcp?.at ?? 0) - started - (lcp?.value ?? 0))).toBeLessThan(20);
    expect(new Set(vitals.map(({ id, name }) => `${id} ${name}`)).size).toBe(5);
  });

  it('is told of a page that is simply left, too', async () => {
    const page = await site.open('<h1>A heading</h1><p>x</p>');
    await site.recorded(page);
    const session = await page.evaluate(() => window.recorder.sessionId);
    await page.goto('about:blank');
    const told = () => {
      const generation = site.sink.heads.findLast((head) => head.session === session)?.generation;
      return captured(site.sink.events(generation), 'vital').map(({ name }) => name);
    };
    await expect.poll(told, { timeout: 20_000 }).toContain('CLS');
  });

  it('is told by what kept it busy, and by the click that had to wait', async () => {
    const page = await site.open(`<button id="slow" onclick='${busy(320)}'>Slow</button>`);
    await page.click('#slow');
    const [interaction] = await eventually(page, 'interaction', (list) => list.length > 0);
    const tasks = await eventually(page, 'task', (list) => list.some(({ durationMs }) => durationMs >= 300));
    const events = await site.recorded(page);
    const [click] = captured(events, 'action');
    expect(interaction).toMatchObject({ action: click?.id, selector: '#slow' });
    expect(interaction?.processingMs).toBeGreaterThanOrEqual(300);
    expect(interaction?.durationMs).toBeGreaterThanOrEqual(interaction?.processingMs ?? 0);
    const frame = tasks.find(({ durationMs }) => durationMs >= 300);
    expect(frame?.kind).toBe('frame');
    expect(frame?.blockingMs).toBeGreaterThanOrEqual(200);
    expect(frame?.scripts?.[0]?.invoker).toContain('slow');
    expect(frame?.scripts?.[0]?.durationMs).toBeGreaterThanOrEqual(300);
  });
});

describe('requests', () => {
  it('carry the browser’s own measurement when it is clear whose it is', async () => {
    const page = await site.open('');
    await page.evaluate(async () => (await fetch('/api/order?n=1')).json());
    const [timing] = await eventually(page, 'timing', (list) => list.length > 0);
    expect(timing).toMatchObject({ id: 'r1', protocol: 'http/1.1' });
    expect(timing?.waitMs).toBeGreaterThanOrEqual(50);
    expect(timing?.totalMs).toBeGreaterThanOrEqual(timing?.waitMs ?? Number.POSITIVE_INFINITY);
    expect(timing?.decodedBytes).toBeGreaterThan(50);
    expect(timing?.transferBytes).toBeGreaterThan(timing?.decodedBytes ?? Number.POSITIVE_INFINITY);
    // Two calls of one address at one moment cannot be told apart: neither is given a measurement.
    await page.evaluate(async () => {
      const { now } = performance;
      const moment = performance.now();
      performance.now = () => moment;
      const both = [fetch('/api/order?n=2'), fetch('/api/order?n=2')];
      performance.now = now;
      await Promise.all(both.map(async (answer) => (await answer).json()));
      await fetch('/api/order?n=3').then((r) => r.json());
    });
    const timings = await eventually(page, 'timing', (list) => list.some(({ id }) => id === 'r4'));
    expect(timings.map(({ id }) => id)).toEqual(['r1', 'r4']);
  });

  it('keep allowed headers and opted-in bodies, and no secret of either', async () => {
    const page = await site.open('', {
      start: `init({ server: location.origin, key: 'k', network: { headers: ['X-Plan', 'x-auth-token'], bodies: ['/api/order', /never/] } })`,
    });
    await page.evaluate(async () => {
      const body = JSON.stringify({
        qty: 2,
        password: 'SECRETpassword',
        card: 4111111111111111,
        note: 'SECRETa@b.example',
      });
      const headers = {
        'X-Plan': 'free',
        'X-Auth-Token': 'SECRETauth',
        traceparent: `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`,
      };
      await (await fetch('/api/order', { method: 'POST', body, headers })).json();
      await new Promise((done) => {
        const xhr = new XMLHttpRequest();
        xhr.open('POST', '/api/order');
        xhr.setRequestHeader('x-plan', 'pro');
        xhr.onloadend = done;
        xhr.send('user=SECRETuser&n=1');
      });
      await fetch('/api/other', { method: 'POST', body: 'SECRETother' });
    });
    const events = await site.recorded(page);
    const [sent, received, consumed, xhrSent, , xhrConsumed] = captured(events, 'request');
    expect(sent).toMatchObject({
      ...{ headers: { 'x-plan': 'free', 'x-auth-token': '<hidden>' }, traceId: 'ab'.repeat(16) },
      body: '{"qty":2,"password":"<hidden>","card":"<hidden>","note":"<email>"}',
    });
    expect(received?.headers).toEqual({ 'server-timing': 'db;dur=5', 'x-request-id': 'req-77', 'x-plan': 'gold' });
    expect(consumed?.body).toBe('{"id":7,"token":"<hidden>","mail":"<email>","open":"kept"}');
    expect(xhrSent).toMatchObject({ kind: 'xhr', headers: { 'x-plan': 'pro' } });
    expect(xhrSent?.body).toMatch(/^user=~[0-9a-f]{4}&n=~[0-9a-f]{4}$/);
    expect(xhrConsumed?.body).toContain('"open":"kept"');
    expect(JSON.stringify(events)).not.toContain('SECRET');
  });
});

describe('requests tell the backend what it answers', () => {
  it('on the own origin and named ones alone, beside the headers of the page, and never while paused', async () => {
    const page = await site.open('', {
      start: `init({ server: location.origin, key: 'k', network: { trace: [location.origin.replace('127.0.0.1', 'localhost') + '/named'] } })`,
    });
    const own = await page.evaluate(async () => {
      const echo = async (...call: Parameters<typeof fetch>): Promise<Record<string, string>> =>
        (await fetch(...call)).json();
      const other = location.origin.replace('127.0.0.1', 'localhost');
      const given = { traceparent: `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`, 'x-a': 'b' };
      const request = new Request('/echo', { method: 'POST', body: 'kept', headers: { 'x-a': 'c' } });
      const seen = [
        await echo('/echo'),
        await echo('/echo', { headers: given }),
        await echo(request),
        await echo(`${other}/echo`),
        await echo(`${other}/named/echo`),
        await new Promise<Record<string, string>>((done) => {
          const xhr = new XMLHttpRequest();
          xhr.open('GET', '/echo');
          xhr.onload = () => done(JSON.parse(xhr.responseText));
          xhr.send();
        }),
      ];
      window.recorder.pause();
      seen.push(await echo('/echo'));
      window.recorder.resume();
      return seen;
    });
    const [plain, withOwn, asRequest, foreign, named, xhr, paused] = own;
    const events = await site.recorded(page);
    const session = await page.evaluate(() => window.recorder.sessionId);
    const sent = captured(events, 'request').filter(({ phase }) => phase === 'sent');
    expect(plain?.['traceflow-session']).toBe(`${session}.${site.sink.heads.at(-1)?.generation}.r1`);
    expect(plain?.traceparent).toBe(`00-${sent[0]?.traceId}-${plain?.traceparent?.slice(36, 52)}-01`);
    expect(withOwn).toMatchObject({ traceparent: `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`, 'x-a': 'b' });
    expect(withOwn?.['traceflow-session']).toMatch(/\.r2$/);
    expect(asRequest).toMatchObject({ 'x-a': 'c', body: 'kept', method: 'POST', referer: page.url() });
    expect(asRequest?.['traceflow-session']).toMatch(/\.r3$/);
    expect(foreign).not.toHaveProperty('traceparent');
    expect(sent[3]).not.toHaveProperty('traceId');
    expect(named?.['traceflow-session']).toMatch(/\.r5$/);
    expect(xhr?.['traceflow-session']).toMatch(/\.r6$/);
    expect(xhr?.traceparent).toContain(sent[5]?.traceId);
    for (const header of ['traceparent', 'traceflow-session']) expect(paused).not.toHaveProperty(header);
  });
});

describe('streams', () => {
  it('are followed from connecting to their end, counted and never read', async () => {
    const page = await site.open(`<button id="go">Go</button><script>document.getElementById('go').onclick = () => {
      const socket = new WebSocket(location.origin.replace('http', 'ws') + '/live?token=SECRETquery');
      window.same = [socket instanceof WebSocket, socket.constructor === WebSocket, WebSocket.OPEN, WebSocket.name, WebSocket.length];
      socket.onmessage = () => socket.send('SECREThello');
      const feed = new EventSource('/feed');
      feed.onmessage = () => { feed.close(); window.fed = true; };
    };</script>`);
    await page.click('#go');
    const list = await eventually(page, 'stream', (all) => all.filter(({ phase }) => phase === 'closed').length === 2);
    expect(await page.evaluate('window.same')).toEqual([true, true, 1, 'WebSocket', 1]);
    const socket = list.filter(({ kind }) => kind === 'websocket');
    expect(socket.map(({ phase }) => phase)).toEqual(['connecting', 'open', 'closed']);
    expect(socket[0]?.url).toMatch(/^ws:.*\/live\?token=~[0-9a-f]{4}$/);
    expect(socket[0]?.action).toBe(1);
    expect(socket.at(-1)).toMatchObject({ code: 4001, sent: 1, sentBytes: 11, received: 1, receivedBytes: 12 });
    const feed = list.filter(({ kind }) => kind === 'eventsource');
    expect(feed.map(({ phase }) => phase)).toEqual(['connecting', 'open', 'closed']);
    expect(feed.at(-1)).toMatchObject({ received: 1, receivedBytes: 10 });
    expect(JSON.stringify(await site.recorded(page))).not.toContain('SECRET');
  });
});
