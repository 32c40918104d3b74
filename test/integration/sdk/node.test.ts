import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ROOT_CONTEXT as ROOT, SpanStatusCode, trace } from '@opentelemetry/api';
import { BasicTracerProvider, BatchSpanProcessor, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Backend, init } from '../../../sdk/node/src/index.ts';
import { KEPT, type Mouth, PLACES_IN_HANDLER, PLACES_IN_REQUEST } from '../../support/backend-secret-places.ts';
import { createSecrets } from '../../support/secret-places.ts';
import { linked, type Recorded, startRecorded } from './support/backend-sink.ts';
import { SERVERS, type TestServer } from './support/test-servers.ts';

// What the programs write is looked for in what is sent: it need not stand among the results.
for (const level of ['debug', 'log', 'info', 'warn', 'error'] as const) {
  vi.spyOn(console, level).mockImplementation(() => undefined);
}

const post = (url: string, headers: Record<string, string>, body = 'order of one'): Promise<Response> =>
  fetch(url, { method: 'POST', body, headers: { 'content-type': 'text/plain', ...headers } });

describe.each(Object.entries(SERVERS))('%s', (name, start) => {
  let recorded: Recorded;
  let server: TestServer;
  beforeAll(async () => {
    recorded = await startRecorded();
    server = await start(recorded.backend, {
      order: async (body) => {
        await new Promise((done) => setTimeout(done, 5));
        console.info('ordered %s', body, { lines: 3 });
        return { ok: body };
      },
      broken: async () => {
        await Promise.resolve();
        throw new RangeError('the shelf is empty');
      },
    });
  });
  afterAll(async () => {
    await server.close();
    await recorded.close();
  });

  test('is recorded for requests of recorded pages alone: requests, logs and errors, each with its request', async () => {
    const other = await post(`${server.url}/orders/1`, {});
    expect([other.status, await other.json()]).toEqual([201, { ok: 'order of one' }]);
    const [order, broken] = await Promise.all([
      post(`${server.url}/orders/4711?coupon=spring`, linked('r1')),
      fetch(`${server.url}/broken/8`, { headers: linked('r2') }),
    ]);
    expect([order.status, await order.json()]).toEqual([201, { ok: 'order of one' }]);
    expect([broken.status, await broken.text()]).toEqual([500, 'failed']);

    const requests = await recorded.of('request');
    expect(requests).toHaveLength(2);
    const made = requests.find(({ page }) => page.request === 'r1');
    const failed = requests.find(({ page }) => page.request === 'r2');
    expect(made).toMatchObject({
      ...{
        page: { generation: 'load', request: 'r1' },
        method: 'POST',
        status: 201,
        end: 'answered',
        requestBytes: 12,
      },
      ...{
        url: expect.stringMatching(/^\/orders\/4711\?coupon=~[0-9a-f]{4}$/),
        responseHeaders: { 'retry-after': '7' },
      },
      traceId: linked('r1').traceparent?.slice(3, 35),
    });
    expect(made?.route).toBe(name === 'node:http' ? undefined : '/orders/:id');
    expect(made?.durationMs).toBeGreaterThan(4);
    expect(made?.headAt).toBeGreaterThanOrEqual((made?.startedAt ?? 0) + 4);
    expect(failed).toMatchObject({ status: 500, end: 'answered' });
    expect(await recorded.of('log')).toEqual([
      { level: 'info', logger: 'console', message: 'ordered order of one {lines: 3}', request: made?.id },
    ]);
    const [error, ...more] = await recorded.of('error');
    expect(more).toEqual([]);
    expect(error).toMatchObject({
      ...{ name: 'RangeError', message: 'the shelf is empty', request: failed?.id },
      kind: name === 'node:http' ? 'handled' : 'request',
    });
    expect(error?.stack).toContain('node.test.ts');
    const [service] = await recorded.of('service');
    expect(service).toMatchObject({ service: 'orders', runtime: `node ${process.versions.node}` });
    expect(recorded.sink.heads.every(({ session, window }) => session === 'visit' && window === 'backend_orders')).toBe(
      true,
    );
    expect(recorded.sink.seqs(recorded.sink.generations()[0] ?? '')).toEqual([0, 1, 2, 3, 4]);
  });
});

/** A server that does what it is given, recorded. */
async function serving(backend: Backend, work: () => unknown): Promise<TestServer> {
  const app = createServer(
    backend.http(async (_request, response) => {
      await work();
      response.end('fine');
    }),
  );
  await new Promise<void>((done) => app.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(app.address() as AddressInfo).port}`,
    close: () =>
      new Promise((done) => {
        app.close(() => done());
        app.closeAllConnections();
      }),
  };
}

describe('what a program already has', () => {
  test('pino’s lines and OpenTelemetry’s spans find their request', async () => {
    const recorded = await startRecorded();
    const written: string[] = [];
    const logger = pino(
      { name: 'till', redact: ['customer.iban'] },
      pino.multistream([
        { stream: { write: (line) => void written.push(line) } },
        { stream: recorded.backend.pinoStream() },
      ]),
    );
    const provider = new BasicTracerProvider({
      spanProcessors: [new BatchSpanProcessor(recorded.backend.spanExporter())],
    });
    const tracer = provider.getTracer('test');
    const traceId = linked('r1').traceparent?.slice(3, 35) ?? '';
    const server = await serving(recorded.backend, () => {
      const parent = trace.setSpanContext(ROOT, { traceId, spanId: 'd'.repeat(16), traceFlags: 1, isRemote: true });
      const attributes = {
        'db.system': 'postgresql',
        'db.statement': "SELECT 'SECRET'",
        'db.collection.name': 'orders',
      };
      const span = tracer.startSpan('SELECT orders', { kind: 2, attributes }, parent);
      span.setStatus({ code: SpanStatusCode.ERROR, message: 'deadlock' }).end();
      tracer.startSpan('of another trace', {}, ROOT).end();
      logger.error({ customer: { iban: 'SECRET', tier: 'gold' }, err: new Error('no stock') }, 'cannot ship');
    });
    logger.info('of no request');
    await (await fetch(server.url, { headers: linked('r1') })).text();
    await provider.forceFlush();
    const [request] = await recorded.of('request');
    const spans = await recorded.of('span');
    expect(spans).toHaveLength(1);
    expect(spans[0]).toMatchObject({
      ...{
        name: 'SELECT orders',
        kind: 'client',
        traceId,
        parentId: 'd'.repeat(16),
        failed: true,
        message: 'deadlock',
      },
      ...{ attributes: { 'db.system': 'postgresql', 'db.collection.name': 'orders' }, request: request?.id },
    });
    const logs = await recorded.of('log');
    expect(logs).toHaveLength(1);
    expect(logs[0]).toMatchObject({ level: 'error', logger: 'till', request: request?.id });
    expect(logs[0]?.message).toMatch(/^cannot ship Error: no stock \{customer: \{iban: <hidden>, tier: "gold"\}\}$/);
    expect(logs[0]?.stack).toContain('node.test.ts');
    expect(written).toHaveLength(2);
    expect(recorded.sink.text()).not.toContain('SECRET');
    await provider.shutdown();
    await server.close();
    await recorded.close();
  });

  test('its console is given back as it was, and a request that logs in a loop is cut short', async () => {
    const before = Object.getOwnPropertyDescriptor(console, 'debug');
    const emitBefore = process.emit;
    const recorded = await startRecorded();
    const server = await serving(recorded.backend, () => {
      for (let i = 0; i < 300; i++) console.debug(`line ${i}`);
    });
    await (await fetch(server.url, { headers: linked('r1') })).text();
    const logs = await recorded.of('log');
    expect(logs).toHaveLength(201);
    expect(logs.at(-1)?.message).toContain('more than 200 lines');
    await server.close();
    await recorded.close();
    expect(Object.getOwnPropertyDescriptor(console, 'debug')).toEqual(before);
    expect(process.emit).toBe(emitBefore);
  });
});

test('of 200 planted secrets none leaves, and what is no secret does', async () => {
  const recorded = await startRecorded({ headers: ['x-api-key', 'authorization', 'x-plan', 'cookie'] });
  const { backend, sink } = recorded;
  const secrets = createSecrets(7);
  const tracer = new BasicTracerProvider({
    spanProcessors: [new SimpleSpanProcessor(backend.spanExporter())],
  }).getTracer('t');
  const traceId = linked('r1').traceparent?.slice(3, 35) ?? '';
  const mouth: Mouth = {
    logger: pino({ redact: ['customer.name'] }, backend.pinoStream()),
    caught: backend.captureException,
    span(name, attributes, message) {
      const parent = trace.setSpanContext(ROOT, { traceId, spanId: 'd'.repeat(16), traceFlags: 1 });
      tracer.startSpan(name, { attributes }, parent).setStatus({ code: SpanStatusCode.ERROR, message }).end();
    },
  };
  const server = await serving(backend, () => {
    for (const [place, say] of Object.entries(PLACES_IN_HANDLER)) say(secrets.word(place), mouth);
    for (const say of Object.values(KEPT)) say(mouth);
    console.log(`card ${secrets.card('card in a line')}`);
  });
  while (secrets.planted.length < 200) {
    for (const [place, ask] of Object.entries(PLACES_IN_REQUEST)) {
      const { headers, path = '' } = ask(secrets.word(place));
      const answer = await fetch(`${server.url}/kept-path${path}`, { headers: { ...linked('r1'), ...headers } });
      expect(answer.status).toBe(200);
    }
  }
  await backend.flush();
  const sent = sink.text();
  expect(secrets.planted.filter(({ secret }) => sent.includes(secret))).toEqual([]);
  const kept = [
    ...Object.keys(KEPT),
    'kept: plan',
    '/kept-path',
    'db.internal:5432',
    'signed in',
    '"x-api-key":"<hidden>"',
  ];
  expect(kept.filter((text) => !sent.includes(text) && !sent.includes(JSON.stringify(text).slice(1, -1)))).toEqual([]);
  await server.close();
  await recorded.close();
});

describe('the program goes on', () => {
  let recorded: Recorded;
  let server: TestServer;
  const start = async (options: Parameters<typeof startRecorded>[0] = {}): Promise<void> => {
    recorded = await startRecorded(options);
    server = await serving(recorded.backend, () => console.info('x'.repeat(1000)));
  };
  const ask = async (count: number): Promise<void> => {
    for (let i = 1; i <= count; i++) {
      const answer = await fetch(server.url, { headers: linked(`r${i}`, `visit${i % 3}`) });
      expect([answer.status, await answer.text()]).toEqual([200, 'fine']);
    }
  };
  beforeEach(() => start());
  afterEach(async () => {
    await server.close();
    await recorded.close();
  });

  test('while the server is away, hangs up or fails, and nothing is lost or doubled', async () => {
    const answers = ['drop', 503, 'forget', 'accept'] as const;
    let asked = 0;
    recorded.sink.answer = () => answers[Math.min(asked++, answers.length - 1)] ?? 'accept';
    await ask(9);
    for (let i = 0; recorded.backend.stats().waiting > 0 && i < 20; i++) await recorded.backend.flush();
    expect(recorded.backend.stats()).toEqual({ waiting: 0, acknowledged: 21, dropped: 0 });
    expect(recorded.sink.events()).toHaveLength(21);
    expect(await recorded.of('request')).toHaveLength(9);
    expect(recorded.sink.plain()).toBe(0);
  });

  test('while the server says nothing, and giving up the oldest is counted', async () => {
    await recorded.close();
    await server.close();
    const silent = createServer(() => undefined);
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    await start({ server: url, queueChars: 10_000 });
    await ask(30);
    const { waiting, dropped, acknowledged } = recorded.backend.stats();
    expect(acknowledged).toBe(0);
    expect(dropped).toBeGreaterThan(30);
    expect(waiting + dropped).toBe(63);
    silent.close();
    silent.closeAllConnections();
  });

  test('when the server refuses the key, and records no more', async () => {
    recorded.sink.answer = () => 401;
    await ask(2);
    await recorded.backend.flush();
    await ask(2);
    expect(recorded.backend.stats()).toMatchObject({ waiting: 0, acknowledged: 0 });
    expect(recorded.sink.events()).toEqual([]);
  });

  test('when a session was erased there, of which nothing more is sent', async () => {
    recorded.sink.answer = ({ session }) => (session === 'visit1' ? 410 : 'accept');
    await ask(3);
    await recorded.backend.flush();
    await ask(3);
    await recorded.backend.flush();
    const sent = recorded.sink.heads.map(({ session }) => session);
    expect(sent.toSorted()).toEqual(['visit0', 'visit0', 'visit2', 'visit2']);
    expect(recorded.backend.stats().waiting).toBe(0);
  });

  test('with options that are wrong, or a value that cannot be logged', async () => {
    const inert = init({ server: 'not an address', key: 'k', service: 's' });
    inert.captureException(new Error('nobody hears it'));
    await inert.close();
    const hostile = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('mine');
        },
      },
    );
    const odd = await serving(recorded.backend, () => {
      console.table; // read, not called
      recorded.backend.captureException(hostile);
      recorded.backend.captureException(Object.create(null));
      console.log({
        get trap() {
          throw new Error('a getter ran');
        },
      });
    });
    expect(await (await fetch(odd.url, { headers: linked('r1') })).text()).toBe('fine');
    expect((await recorded.of('log'))[0]?.message).toBe('{trap: (getter)}');
    await odd.close();
  });
});
