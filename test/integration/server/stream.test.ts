import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { revokeKey } from '../../../server/admin/index.ts';
import { createRandom } from '../../support/shop-random.ts';
import { get, gzipBatch, headOf, post, readChunk, readFeed, sha256 } from './support/client.ts';
import { type InsideServer, startInside } from './support/server-inside.ts';
import { initByCommand, type ServerProcess, startServer, temporaryFolder } from './support/server-process.ts';
import {
  frameOf,
  openBare,
  openStream,
  type StreamBatch,
  type StreamClient,
  upgrade,
} from './support/stream-client.ts';

const closing: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function inside(options: Parameters<typeof startInside>[0] = {}): Promise<InsideServer> {
  const server = await startInside(options);
  closing.push(() => server.close());
  return server;
}

const batchAt = (first: number, count = 2, text = `${first}`): StreamBatch => ({ first, count, body: gzipBatch(text) });

test('a stream that is killed over and over resumes at what is durable: nothing acknowledged is lost, nothing is there twice', async () => {
  const { dir, remove } = await temporaryFolder();
  closing.push(remove);
  const { writeKey, readToken } = await initByCommand(dir);
  let server: ServerProcess = await startServer(dir);
  const { url } = server;
  const batches = Array.from({ length: 600 }, (_, at) => batchAt(at * 3, 3, `${at} ${'x'.repeat((at * 97) % 3000)}`));
  const acknowledged = new Map<number, boolean>();
  const random = createRandom(7);
  const last = (batches.at(-1)?.first ?? 0) + 3;
  let next = 0;

  /** Sends what the server lacks, with up to 20 batches on their way, until it is cut off. */
  async function run(): Promise<void> {
    const stream = await openStream(url, writeKey).catch(() => undefined);
    if (!stream) return void (await wait(20));
    for (const { first } of batches) if (first < stream.next && first >= next) acknowledged.set(first, true);
    next = stream.next;
    let isClosed = false;
    void stream.closed.then(() => {
      isClosed = true;
    });
    const left = batches.filter(({ first }) => first >= next);
    for (const batch of left) {
      while (left.indexOf(batch) - stream.acks.length >= 20 && !isClosed) await wait(1);
      if (isClosed) break;
      stream.send(batch);
    }
    while (!isClosed && stream.acks.length < left.length) await wait(1);
    for (const ack of stream.acks) {
      expect(ack.duplicate).toBe(false);
      acknowledged.set(ack.first, true);
    }
    next = Math.max(next, ...stream.acks.map((ack) => ack.next));
    stream.close();
  }

  let isDone = false;
  const killer = (async () => {
    for (let kill = 0; kill < 3; kill += 1) {
      const from = acknowledged.size;
      while (!isDone && acknowledged.size === from) await wait(5);
      await wait(random.between(0, 60));
      if (isDone) return kill;
      await server.stop('SIGKILL');
      server = await startServer(dir, [], Number(new URL(url).port));
    }
    return 3;
  })();
  // The runs between kills are short: acknowledgements are noted while they come.
  while (next < last) await run();
  isDone = true;
  await killer;
  const feed = await readFeed(url, readToken);
  expect(feed.map(({ firstSeq }) => firstSeq).sort((a, b) => a - b)).toEqual(batches.map(({ first }) => first));
  for (const { seq, firstSeq } of feed)
    expect(sha256(await readChunk(url, readToken, seq))).toBe(sha256(batches[firstSeq / 3]?.body ?? Buffer.alloc(0)));
  expect(acknowledged.size).toBe(batches.length);
  expect(await server.stop('SIGTERM')).toBe(0);
});

test('batches of streams and requests are the same batches; a contradiction is set aside and the stream goes on', async () => {
  const server = await inside();
  const { writeKey, readToken } = await server.project('Shop');
  const one = batchAt(0);
  expect((await post(server.url, headOf(writeKey, { first: 0 }), Buffer.from(one.body))).status).toBe(200);
  const stream = await openStream(server.url, writeKey);
  expect(stream.next).toBe(2);
  stream.send(one);
  await expect.poll(() => stream.acks).toMatchObject([{ first: 0, count: 2, next: 2, duplicate: true }]);
  stream.send(batchAt(0, 2, 'other'));
  stream.raw(new Uint8Array(Buffer.from('no head')));
  stream.raw(new Uint8Array(Buffer.from('{"first":-1}\n[1]')));
  stream.raw(frameOf({ first: 2, count: 1, body: Buffer.from('neither') }));
  await expect
    .poll(() => stream.problems.map(({ first, code }) => [first, code]))
    .toEqual(
      expect.arrayContaining([
        [0, 'conflict'],
        [null, 'bad-request'],
        [null, 'bad-request'],
        [2, 'bad-request'],
      ]),
    );
  stream.send(batchAt(2));
  await expect.poll(() => stream.acks.at(-1)).toMatchObject({ first: 2, next: 4, duplicate: false });
  const again = await post(server.url, headOf(writeKey, { first: 2 }), Buffer.from(batchAt(2).body));
  expect(await again.json()).toMatchObject({ duplicate: true, next: 4 });
  // A frame cannot speak for another session than the stream's.
  stream.raw(
    new Uint8Array(Buffer.concat([Buffer.from('{"first":4,"count":1,"from":1,"to":1,"sent":1,"session":"s9"}\n[1]')])),
  );
  await expect.poll(() => stream.acks.at(-1)).toMatchObject({ first: 4, next: 5 });
  const feed = await readFeed(server.url, readToken);
  expect(feed.map(({ session, firstSeq }) => [session, firstSeq])).toEqual([
    ['s1', 0],
    ['s1', 2],
    ['s1', 4],
  ]);
  stream.close();
});

test('who may not send is refused before there is a stream, and whoever may not any more is closed', async () => {
  const server = await inside();
  const { writeKey, readToken, project } = await server.project('Shop');
  const some = await server.addKey({ kind: 'write', project, origins: ['https://shop.example'] });
  const admin = await server.addKey({ kind: 'read', role: 'admin', project });
  const ask = async (key: string, over: Record<string, string> = {}, headers: Record<string, string> = {}) => {
    const response = await upgrade(server.url, key, over, headers);
    return [response.status, response.headers.get('x-upgraded')];
  };
  expect(await ask(writeKey)).toEqual([200, '1']);
  expect(await ask(some.secret, {}, { origin: 'https://shop.example' })).toEqual([200, '1']);
  expect(await ask(some.secret, {}, { origin: 'https://evil.example' })).toEqual([403, null]);
  expect(await ask(some.secret)).toEqual([403, null]);
  expect(await ask(readToken)).toEqual([401, null]);
  expect(await ask(writeKey, { v: '2' })).toEqual([400, null]);
  expect(await ask(writeKey, { generation: '../x' })).toEqual([400, null]);
  expect((await get(server.url, `/v1/stream?v=1&key=${writeKey}&session=s&window=w&generation=g`, '')).status).toBe(
    426,
  );

  const text = await openStream(server.url, writeKey);
  text.raw('[1]');
  expect(await text.closed).toBe(1003);
  const large = await openStream(server.url, writeKey);
  large.raw(new Uint8Array(4 * 1024 * 1024 + 2000));
  expect(await large.closed).toBe(1009);

  const gone = await openStream(server.url, writeKey, { session: 'gone' });
  gone.send(batchAt(0));
  await expect.poll(() => gone.acks.length).toBe(1);
  await fetch(`${server.url}/v1/erasures`, {
    method: 'POST',
    body: JSON.stringify({ session: 'gone' }),
    headers: { authorization: `Bearer ${admin.secret}` },
  });
  gone.send(batchAt(2));
  expect([await gone.closed, gone.problems[0]?.code]).toEqual([1008, 'erased']);
  expect(await ask(writeKey, { session: 'gone' })).toEqual([410, null]);

  const { secret, id } = await server.addKey({ kind: 'write', project });
  const revoked = await openStream(server.url, secret, { session: 's2' });
  revoked.send(batchAt(0));
  await expect.poll(() => revoked.acks.length).toBe(1);
  await revokeKey({ dir: server.dir, clock: Date.now }, id);
  revoked.send(batchAt(2));
  expect([await revoked.closed, revoked.problems[0]?.code]).toEqual([1008, 'unauthorized']);
});

test('who sends too fast is not read from until it may send again, and nothing is lost', async () => {
  let now = 1_000_000;
  const server = await inside({
    clock: () => now,
    limits: {
      headersTimeoutMs: 300,
      batchesPerKey: { perSecond: 10, burst: 100 },
      streamBytes: 1024 * 1024,
      streamIdleMs: 1e12,
      streamPingMs: 1e12,
    },
  });
  const { writeKey, readToken } = await server.project('Shop');
  const stream = await openStream(server.url, writeKey);
  const body = Buffer.concat([Buffer.from('['), Buffer.alloc(500_000, 0x20)]);
  for (let at = 0; at < 40; at += 1) stream.send({ first: at, count: 1, body });
  // Each costs 8 of 100 tokens, and no time goes by.
  await expect.poll(() => stream.acks.length).toBeGreaterThan(10);
  await wait(0);
  const held = stream.acks.length;
  expect(held).toBeLessThan(20);
  expect(stream.unsent()).toBeGreaterThan(0);
  await expect
    .poll(
      () => {
        now += 10_000;
        return stream.acks.length;
      },
      { timeout: 60_000, interval: 200 },
    )
    .toBe(40);
  expect(await readFeed(server.url, readToken)).toHaveLength(40);
  expect(stream.problems).toEqual([]);
  stream.close();
});

test('what is silent, dead or slow is hung up on; all together they hold a bounded number of bytes', async () => {
  const server = await inside({
    limits: {
      headersTimeoutMs: 300,
      timeoutCheckMs: 30,
      streamPingMs: 1500,
      requestTimeoutMs: 400,
      receivingBytes: 2_000_000,
    },
  });
  const { writeKey } = await server.project('Shop');
  const alive = await openStream(server.url, writeKey, { generation: 'alive' });
  // One that does not answer pings, and one that never ends its frame.
  const dead = await openBare(server.url, writeKey, { generation: 'dead' });
  const slow = await openBare(server.url, writeKey, { generation: 'slow' });
  slow.beginFrame(100_000, 10);
  await Promise.all([dead.closed, slow.closed]);
  alive.send(batchAt(0));
  await expect.poll(() => alive.acks.length).toBe(1);
  // Halves of frames: above the bound one of them has to go.
  const halves = await Promise.all([1, 2].map((at) => openBare(server.url, writeKey, { generation: `half${at}` })));
  for (const half of halves) half.beginFrame(3_000_000, 1_500_000);
  await Promise.race(halves.map(({ closed }) => closed));
  await Promise.all(halves.map(({ closed }) => closed));
  alive.send(batchAt(2));
  await expect.poll(() => alive.acks.length).toBe(2);
  alive.close();
  const quiet = await inside({ limits: { timeoutCheckMs: 30, streamIdleMs: 200 } });
  const silent = await openStream(quiet.url, (await quiet.project('Quiet')).writeKey);
  expect(await silent.closed).toBe(1000);
});

test('no more streams than the limits say, of all and of one key', async () => {
  const server = await inside({ limits: { streams: 3, streamsPerKey: 2 } });
  const [one, two] = [await server.project('One'), await server.project('Two')];
  const open = (key: string, at: number): Promise<StreamClient> =>
    openStream(server.url, key, { generation: `g${at}` });
  const streams = [await open(one.writeKey, 1), await open(one.writeKey, 2)];
  expect((await upgrade(server.url, one.writeKey)).status).toBe(429);
  streams.push(await open(two.writeKey, 3));
  expect((await upgrade(server.url, two.writeKey)).status).toBe(429);
  streams[0]?.close();
  await streams[0]?.closed;
  await expect.poll(async () => (await upgrade(server.url, two.writeKey)).status).toBe(200);
  for (const stream of streams) stream.close();
});

test('a server that stops acknowledges what it took, says that it goes, and takes no more', async () => {
  const { dir, remove } = await temporaryFolder();
  closing.push(remove);
  const { writeKey, readToken } = await initByCommand(dir);
  const server = await startServer(dir);
  const stream = await openStream(server.url, writeKey);
  for (let first = 0; first < 200; first += 2) stream.send(batchAt(first));
  await expect.poll(() => stream.acks.length).toBeGreaterThan(0);
  const stopped = server.stop('SIGTERM');
  expect(await stream.closed).toBe(1001);
  expect(await stopped).toBe(0);
  const again = await startServer(dir);
  closing.push(() => again.stop('SIGTERM'));
  const kept = (await readFeed(again.url, readToken)).map(({ firstSeq }) => firstSeq);
  // All that was acknowledged is there, and all that is there was acknowledged.
  expect(kept.sort((a, b) => a - b)).toEqual(stream.acks.map(({ first }) => first).sort((a, b) => a - b));
});
