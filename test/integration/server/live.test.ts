import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { NewProject } from '../../../server/admin/index.ts';
import { createNews } from '../../../server/live/news.ts';
import { ChangePage } from '../../../shared/wire/change.ts';
import { LiveList } from '../../../shared/wire/live.ts';
import { get, gzipBatch, headOf, post } from './support/client.ts';
import { type InsideServer, startInside } from './support/server-inside.ts';
import { visitBatches, visitEvents } from './support/visit.ts';

let now = Date.now();
let server: InsideServer;
let mine: NewProject;
let theirs: NewProject;
beforeEach(async () => {
  server = await startInside({ processor: true, clock: () => now });
  mine = await server.project('Mine');
  theirs = await server.project('Theirs');
});
afterEach(() => server.close());

const waitFor = async (token: string, after: number, wait = 25, more = ''): Promise<ChangePage> =>
  ChangePage.parse(await (await get(server.url, `/v1/changes?after=${after}&wait=${wait}${more}`, token)).json());
const send = async (key: string, first: number): Promise<void> => {
  expect((await post(server.url, headOf(key, { first }), gzipBatch(`${first}`))).status).toBe(200);
};

test('a running session is followed batch by batch, each answer as soon as its batch is durable', async () => {
  let cursor = 0;
  for (let first = 0; first < 40; first += 2) {
    // The reader waits first in every other round; in the rest the batch may win the race.
    const page = waitFor(mine.readToken, cursor);
    if (first % 4 === 0) await new Promise((resolve) => setImmediate(resolve));
    await send(mine.writeKey, first);
    const { changes, next } = await page;
    expect(changes.map((change) => change.kind === 'chunk' && change.firstSeq)).toEqual([first]);
    cursor = next;
  }
});

test('what happens in another project wakes nobody, and a reader that gets nothing has its cursor back', async () => {
  await send(theirs.writeKey, 0);
  const page = waitFor(mine.readToken, 0, 1);
  for (let first = 2; first < 20; first += 2) await send(theirs.writeKey, first);
  expect(await page).toMatchObject({ changes: [], next: 0 });
});

test('one session is followed alone: others wake nobody, and its erasure is the last that is said of it', async () => {
  const follow = async (after: number, wait: number): Promise<ChangePage> =>
    ChangePage.parse(
      await (await get(server.url, `/v1/changes?session=s1&after=${after}&wait=${wait}`, mine.readToken)).json(),
    );
  await send(mine.writeKey, 0);
  const other = (first: number) => post(server.url, headOf(mine.writeKey, { session: 's2', first }), gzipBatch('x'));
  await other(0);
  expect(await follow(0, 0)).toMatchObject({ changes: [{ session: 's1', firstSeq: 0 }], next: 1, head: 2 });
  const page = follow(1, 25);
  for (let first = 2; first < 10; first += 2) await other(first);
  await send(mine.writeKey, 2);
  expect((await page).changes).toMatchObject([{ session: 's1', firstSeq: 2 }]);
  const { secret } = await server.addKey({ kind: 'read', role: 'admin', project: mine.project });
  const last = follow((await page).next, 25);
  const body = JSON.stringify({ session: 's1' });
  await fetch(`${server.url}/v1/erasures`, { method: 'POST', body, headers: { authorization: `Bearer ${secret}` } });
  expect((await last).changes).toMatchObject([{ kind: 'erased', session: 's1' }]);
  expect((await follow(0, 0)).changes).toHaveLength(1);
});

test('an erasure reaches those who follow', async () => {
  await send(mine.writeKey, 0);
  const { secret } = await server.addKey({ kind: 'read', role: 'admin', project: mine.project });
  const page = waitFor(mine.readToken, 1);
  const body = JSON.stringify({ session: 's1' });
  await fetch(`${server.url}/v1/erasures`, { method: 'POST', body, headers: { authorization: `Bearer ${secret}` } });
  expect((await page).changes).toMatchObject([{ kind: 'erased', session: 's1' }]);
  expect(LiveList.parse(await (await get(server.url, '/v1/live', secret)).json()).sessions).toEqual([]);
});

test('what an analyst writes reaches those who follow, under the name of the token; viewers and nonsense are refused', async () => {
  await send(mine.writeKey, 0);
  const { secret } = await server.addKey({ kind: 'read', role: 'analyst', project: mine.project, label: 'Ann' });
  const viewer = await server.addKey({ kind: 'read', role: 'viewer', project: mine.project });
  const push = (token: string, annotations: unknown) =>
    fetch(`${server.url}/v1/annotations`, {
      method: 'POST',
      body: JSON.stringify({ annotations }),
      headers: { authorization: `Bearer ${token}` },
    });
  const label = { kind: 'label', session: 's1', editedAt: now, name: 'Cause', value: 'confirmed' };
  const page = waitFor(viewer.secret, 1, 25, '&annotations=1');
  expect((await push(viewer.secret, [label])).status).toBe(403);
  for (const wrong of [[], [{ ...label, value: '' }], [{ ...label, kind: 'other' }], 'x'])
    expect((await push(secret, wrong)).status).toBe(400);
  const outcomes = await (await push(secret, [label, { ...label, session: 'never-came' }])).json();
  expect(outcomes).toEqual({ outcomes: ['stored', 'unknown'] });
  const annotation = { ...label, name: 'cause' };
  const { changes, next } = await page;
  expect(changes).toMatchObject([{ kind: 'annotation', session: 's1', by: 'Ann', annotation }]);
  // The same again is no change; readers that did not ask for annotations see none.
  expect(await (await push(secret, [label])).json()).toEqual({ outcomes: ['stored'] });
  expect(await waitFor(secret, next, 0, '&annotations=1')).toMatchObject({ changes: [], next });
  expect(await waitFor(secret, 1, 0)).toMatchObject({ changes: [], next: 1 });
});

test('who is online is who sent something in the last half minute, with what is known of them', async () => {
  const live = async () => LiveList.parse(await (await get(server.url, '/v1/live', mine.readToken)).json()).sessions;
  const visit = async (session: string, user: string): Promise<void> => {
    for (const { head, body } of visitBatches(visitEvents({ session, user: { id: user } }), session, 100))
      await post(server.url, headOf(mine.writeKey, head), body);
  };
  await visit('a', 'Ann');
  now += 20_000;
  await visit('b', 'Bob');
  await post(server.url, headOf(theirs.writeKey, { session: 'c' }), gzipBatch('c'));
  await server.settle();
  expect((await live()).map(({ session, user, events }) => [session, user, events > 0])).toEqual([
    ['b', 'Bob', true],
    ['a', 'Ann', true],
  ]);
  expect((await live())[0]).toMatchObject({
    page: 'https://shop.example/orders/:id/pay',
    device: 'desktop',
    browser: 'Chrome 130',
    errors: 1,
    failedRequests: 1,
  });
  now += 15_000;
  expect((await live()).map(({ session }) => session)).toEqual(['b']);
  now += 30_000;
  expect(await live()).toEqual([]);
});

test('readers that hang up are let go, and a server that closes answers those who wait', async () => {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.write(`GET /v1/changes?wait=25 HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${mine.readToken}\r\n\r\n`);
  socket.end();
  const waiting = waitFor(mine.readToken, 0);
  // A third request over the same server shows that the two before it have arrived.
  await get(server.url, '/v1/project', mine.readToken);
  await server.close();
  expect(await waiting).toMatchObject({ changes: [], next: 0 });
  server = await startInside();
});

test('so many may wait, and one more is told so; everyone who leaves makes room', async () => {
  const news = createNews();
  const leave = new AbortController();
  const first = Array.from({ length: 1000 }, (_, at) =>
    news.wait(`p${at % 7}`, 60_000, at === 0 ? leave.signal : new AbortController().signal),
  );
  expect(await news.wait('p0', 60_000, new AbortController().signal)).toBe(false);
  leave.abort();
  expect(await first[0]).toBe(true);
  const last = news.wait('p0', 60_000, new AbortController().signal);
  expect(await news.wait('p0', 60_000, new AbortController().signal)).toBe(false);
  news.close();
  expect(await Promise.all([...first, last])).toEqual(Array.from({ length: 1001 }, () => true));
});
