import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { sized } from '../../support/size.ts';
import { get, headOf, post, readFeed } from './support/client.ts';
import { type InsideServer, startInside } from './support/server-inside.ts';

let server: InsideServer;
afterEach(() => server.close());

async function open(): Promise<{ socket: Socket; answer: Promise<string> }> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  let text = '';
  socket.on('data', (part) => {
    text += part;
  });
  socket.on('error', () => {}); // a reset is one of the ways to be thrown out
  const answer = once(socket, 'close').then(() => text);
  await once(socket, 'connect');
  return { socket, answer };
}

test('senders that never finish are thrown out, and others are served meanwhile', async () => {
  server = await startInside({
    limits: { headersTimeoutMs: 300, requestTimeoutMs: 600, timeoutCheckMs: 50, keepAliveTimeoutMs: 500 },
  });
  const { writeKey, readToken } = await server.project('Shop');
  const slow = await Promise.all(Array.from({ length: sized(40) }, open));
  slow.forEach(({ socket }, at) => {
    const start = `POST /v1/batches?${headOf(writeKey, { generation: `slow${at}` })} HTTP/1.1\r\nhost: x\r\n`;
    socket.write(at % 2 ? start : `${start}content-length: 1000\r\n\r\n[1,`);
  });
  expect((await post(server.url, headOf(writeKey), '[1]')).status).toBe(200);
  const answers = await Promise.all(slow.map(({ answer }) => answer));
  for (const answer of answers) expect(answer).toMatch(/^HTTP\/1.1 408 .*\{"code":"timeout"/s);
  expect(await readFeed(server.url, readToken)).toHaveLength(1);
});

test('what hangs up half-way leaves nothing', async () => {
  server = await startInside();
  const { writeKey, readToken } = await server.project('Shop');
  const { socket, answer } = await open();
  socket.end(`POST /v1/batches?${headOf(writeKey)} HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n[1,`);
  await answer;
  expect(await readFeed(server.url, readToken)).toEqual([]);
  expect(server.reports.filter((report) => report.startsWith('error'))).toEqual([]);
});

test('bytes that are no HTTP get a reason', async () => {
  server = await startInside();
  const { socket, answer } = await open();
  socket.write('\x16\x03\x01 hello\r\n\r\n');
  expect(await answer).toMatch(/^HTTP\/1.1 400 .*"code":"bad-request"/s);
  const { socket: long, answer: tooLong } = await open();
  long.write(`GET / HTTP/1.1\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`);
  expect(await tooLong).toMatch(/^HTTP\/1.1 431 /);
});

test('one key that sends too much is told when to come again; another key is not held back', async () => {
  let now = 1_000_000;
  server = await startInside({ clock: () => now, limits: { batchesPerKey: { perSecond: 1, burst: 5 } } });
  const loud = await server.project('Loud');
  const calm = await server.project('Calm');
  const statuses: number[] = [];
  for (let first = 0; first < 8; first += 1) {
    const response = await post(server.url, headOf(loud.writeKey, { first, count: 1 }), '[1]');
    statuses.push(response.status);
    if (response.status === 429) expect(response.headers.get('retry-after')).toBe('1');
  }
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
  expect((await post(server.url, headOf(calm.writeKey), '[1]')).status).toBe(200);
  expect((await get(server.url, '/v1/changes', loud.readToken)).status).toBe(200);
  now += 1000;
  expect((await post(server.url, headOf(loud.writeKey, { first: 5, count: 1 }), '[1]')).status).toBe(200);
});

test('an address is held back whatever keys it tries', async () => {
  server = await startInside({ limits: { batchesPerAddress: { perSecond: 0.01, burst: 3 } } });
  const statuses = [];
  for (let at = 0; at < 4; at += 1) statuses.push((await post(server.url, headOf(`wrong${at}`), '[1]')).status);
  expect(statuses).toEqual([401, 401, 401, 429]);
});

test('bodies received at a time are bounded', async () => {
  server = await startInside({ limits: { receivingBytes: 100_000 } });
  const { writeKey } = await server.project('Shop');
  const { socket, answer } = await open();
  socket.write(
    `POST /v1/batches?${headOf(writeKey)} HTTP/1.1\r\nhost: x\r\ncontent-length: 99000\r\n\r\n[${' '.repeat(90_000)}`,
  );
  const body = `[${' '.repeat(50_000)}]`;
  let first = 0;
  const send = async (): Promise<number> => {
    first += 2;
    return (await post(server.url, headOf(writeKey, { generation: 'other', first }), body)).status;
  };
  await expect.poll(send).toBe(503);
  socket.destroy();
  await answer;
  await expect.poll(send).toBe(200);
});
