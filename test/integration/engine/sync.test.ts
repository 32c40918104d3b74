import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openEngine, type TestEngine } from './support/engine.ts';
import { type FeedServer, startFeedServer } from './support/feed-server.ts';
import { newFolder } from './support/profile.ts';

const profile = newFolder();
let test: TestEngine;
let feed: FeedServer;
let id: string;

beforeAll(async () => {
  test = await openEngine({ profileDir: profile.path });
});
afterAll(async () => {
  await test.close();
  await feed.close();
  profile.remove();
});
beforeEach(async () => {
  await feed?.close();
  feed = await startFeedServer();
  ({ id } = await test.call('servers.add', { url: feed.url, token: feed.token }));
});

const sync = async () => test.wait(await test.call('sync.start', { id }));
const rows = async () => (await test.rows()).filter((row) => row.source === `server:${id}`);
const refetched = () => [...feed.asked.values()].filter((times) => times > 1).length;

describe('a sync', () => {
  it('brings sessions, their facts and the cursor, and then only what is new', async () => {
    for (let seq = 0; seq < 4; seq += 2) for (const session of ['a', 'b']) feed.add(session, seq);
    expect(await sync()).toMatchObject({
      state: 'done',
      done: 4,
      total: 4,
      message: '2 sessions updated, 4 chunks fetched.',
    });
    expect((await rows()).map((row) => [row.sessionId, row.events, row.entryUrl]).sort()).toEqual([
      ['a', 4, 'https://shop.example/a'],
      ['b', 4, 'https://shop.example/b'],
    ]);
    feed.add('a', 4);
    expect(await sync()).toMatchObject({ message: '1 session updated, 1 chunks fetched.' });
    expect((await rows()).find((row) => row.sessionId === 'a')?.events).toBe(6);
    expect((await test.call('servers.list')).find((server) => server.id === id)).toMatchObject({
      cursor: 5,
      lastError: null,
    });
    expect(refetched()).toBe(0);
  });

  it('takes several pages', async () => {
    for (let seq = 0; seq < 600; seq++) feed.add(`s${seq % 3}`, Math.floor(seq / 3), 1);
    expect(await sync()).toMatchObject({ state: 'done', done: 600 });
    expect((await rows()).map((row) => row.events)).toEqual([200, 200, 200]);
  });

  it.each<[string, FeedServer['fault']]>([
    ['500', answering((response) => response.writeHead(500).end('oops'))],
    ['502 with HTML', answering((response) => response.writeHead(502).end('<html>bad gateway</html>'))],
    [
      '429 with Retry-After',
      answering((response) => response.writeHead(429, { 'retry-after': '0' }).end('{"code":"x","message":"slow"}')),
    ],
    ['a cut connection', answering((response) => response.destroy())],
    [
      'a body that is cut',
      answering((response) => {
        response.writeHead(200, { 'content-length': 500 }).write('xx');
        response.destroy();
      }),
    ],
    ['a body that is too long', answering((response) => response.writeHead(200).end('x'.repeat(100_000)))],
    ['other bytes', answering((response) => response.writeHead(200).end('x'))],
  ])('gets over %s', async (_, fault) => {
    for (let seq = 0; seq < 6; seq++) feed.add('s', seq, 1);
    let asked = 0;
    feed.fault = (request, response) =>
      (request.url ?? '').includes('/chunks/') && ++asked % 3 === 1 && fault(request, response);
    expect(await sync()).toMatchObject({ state: 'done' });
    expect((await rows())[0]?.events).toBe(6);
  });

  it('with a token that was withdrawn fails at once, says so, and goes on later', async () => {
    for (let seq = 0; seq < 300; seq++) feed.add('s', seq, 1);
    feed.fault = (request, response) => {
      if (!request.url?.includes('after=250')) return false;
      response.writeHead(401).end('{"code":"unauthorized","message":"withdrawn"}');
      return true;
    };
    const job = await sync();
    expect(job).toMatchObject({ state: 'failed', message: expect.stringContaining('refused the token: withdrawn') });
    expect((await test.call('servers.list')).find((server) => server.id === id)).toMatchObject({
      cursor: 250,
      lastError: expect.stringContaining('withdrawn'),
    });
    feed.fault = () => false;
    expect(await sync()).toMatchObject({ state: 'done', message: expect.stringContaining('50 chunks fetched') });
    expect(refetched()).toBe(0);
  });

  it.each([
    [
      'a new history',
      () => {
        feed.history = 'second';
      },
    ],
    ['a restored backup', () => feed.rollBack(2)],
  ])('notices %s, compares everything, keeps what is here and fetches nothing twice', async (_, change) => {
    for (let seq = 0; seq < 4; seq++) feed.add('s', seq, 1);
    await sync();
    change();
    feed.add('new', 0, 1);
    const job = await sync();
    expect(job).toMatchObject({ state: 'done', message: expect.stringContaining('new history') });
    expect((await rows()).map((row) => [row.sessionId, row.events]).sort()).toEqual([
      ['new', 1],
      ['s', 4],
    ]);
    expect([...feed.asked].filter(([seq, times]) => seq <= 2 && times > 1)).toEqual([]);
  });

  it('stops when it is cancelled, and the next one goes on', async () => {
    for (let seq = 0; seq < 20; seq++) feed.add('s', seq, 1);
    const held: (() => void)[] = [];
    const reached = new Promise<void>((seen) => {
      feed.fault = (request) => {
        if (!request.url?.endsWith('/chunks/10')) return false;
        seen();
        held.push(() => request.socket.destroy());
        return true; // never answered
      };
    });
    const { jobId } = await test.call('sync.start', { id });
    expect(await test.call('sync.start', { id })).toEqual({ jobId });
    await reached;
    await test.call('jobs.cancel', { jobId });
    expect(await test.wait({ jobId })).toMatchObject({ state: 'cancelled' });
    feed.fault = () => false;
    expect(await sync()).toMatchObject({ state: 'done' });
    expect((await rows())[0]?.events).toBe(20);
    expect([...feed.asked.keys()].filter((seq) => (feed.asked.get(seq) ?? 0) > 1)).toEqual([]);
    for (const release of held) release();
  });

  it('leaves deleted sessions alone', async () => {
    feed.add('s', 0, 1);
    await sync();
    await test.call('sessions.delete', { keys: (await rows()).map((row) => row.key) });
    feed.add('s', 1, 1);
    expect(await sync()).toMatchObject({ state: 'done' });
    expect(await rows()).toEqual([]);
  });

  it('refuses a feed of the future without moving the cursor', async () => {
    feed.fault = (request, response) => {
      if (!request.url?.startsWith('/v1/changes')) return false;
      response.end(JSON.stringify({ history: 'first', changes: [{ seq: 1, kind: 'hologram' }], next: 1, head: 1 }));
      return true;
    };
    expect(await sync()).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('may be newer: update TRACEFLOW'),
    });
    expect((await test.call('servers.list')).find((server) => server.id === id)?.cursor).toBe(0);
  });
});

describe('a connection test', () => {
  const verdictOf = async (url: string, token = feed.token) => test.call('servers.test', { url, token });

  it('says who answered', async () => {
    expect(await verdictOf(feed.url)).toMatchObject({
      reachable: true,
      verdict: expect.stringContaining('Connected to "Shop"'),
      project: { project: 'p' },
    });
  });

  it('tells a wrong token, another kind of server, a sign-in page, a redirect and nobody apart', async () => {
    expect(await verdictOf(feed.url, 'wrong')).toMatchObject({
      reachable: true,
      verdict: expect.stringContaining('refused the token'),
    });
    feed.fault = answering((response) => response.end('<html>Welcome to the hotel</html>'));
    expect((await verdictOf(feed.url)).verdict).toMatch(/not a TRACEFLOW server.*sign in first/);
    feed.fault = answering((response) => response.end('{"hello":"world"}'));
    expect((await verdictOf(feed.url)).verdict).toMatch(/does not understand/);
    feed.fault = answering((response) => response.writeHead(404).end('nothing here'));
    expect((await verdictOf(feed.url)).verdict).toMatch(/not a TRACEFLOW server/);
    feed.fault = answering((response) => response.writeHead(302, { location: 'http://login.example/' }).end());
    expect((await verdictOf(feed.url)).verdict).toMatch(/sends us on to http:\/\/login\.example/);
    expect((await verdictOf(await closedPort())).verdict).toMatch(/cannot be reached: nothing listens/);
    expect((await verdictOf(feed.url.replace('http:', 'https:'))).verdict).toMatch(
      /cannot be trusted: the secure connection failed/,
    );
    for (const address of ['ftp://x', 'http://a:b@c', '', 'http://'])
      expect((await verdictOf(address)).project).toBeNull();
  });
});

it('a removed server leaves its sessions and takes its token along', async () => {
  feed.add('s', 0, 1);
  await sync();
  await test.call('servers.remove', { id });
  expect(await rows()).toHaveLength(1);
  expect((await test.call('servers.list')).some((server) => server.id === id)).toBe(false);
  expect(await sync()).toMatchObject({ state: 'failed', message: expect.stringContaining('was removed') });
});

/** A fault that answers by itself. */
function answering(answer: (response: ServerResponse) => unknown): FeedServer['fault'] {
  return (_request, response) => {
    answer(response);
    return true;
  };
}

async function closedPort(): Promise<string> {
  const server = createServer();
  const port = await new Promise<number>((done) =>
    server.listen(0, '127.0.0.1', () => done((server.address() as { port: number }).port)),
  );
  await new Promise((done) => server.close(done));
  return `http://127.0.0.1:${port}`;
}
