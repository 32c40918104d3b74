import { afterEach, beforeEach, expect, it } from 'vitest';
import type { NewProject } from '../../../server/admin/index.ts';
import type { LiveServer } from '../../../shared/ipc/live-calls.ts';
import { unwrap } from '../../../shared/lib/result.ts';
import type { SessionKey } from '../../../shared/model/identity.ts';
import type { ChunkInfo } from '../../../shared/model/session.ts';
import { openLivePage } from '../../support/live-page.ts';
import { type InsideServer, startInside } from '../server/support/server-inside.ts';
import { startEngine, type TestEngine } from './support/engine.ts';
import { temporaryFolder } from './support/profile.ts';
import { fileWith, recording } from './support/recordings.ts';

const PATIENCE = { attempts: 3, baseMs: 5, maxMs: 20, answerMs: 10_000 };
const WAIT = { timeout: 30_000, interval: 25 };

let server: InsideServer;
let project: NewProject;
let test: TestEngine;
let id: string;
beforeEach(async () => {
  server = await startInside({ processor: true, limits: { closeGraceMs: 100 } });
  project = await server.project('Shop');
  test = await startEngine({ patience: PATIENCE });
  ({ id } = await test.call('servers.add', { url: server.url, token: project.readToken }));
});
afterEach(async () => {
  await test.close();
  await server.close();
});

/** A call that goes on until it is cancelled. */
function start(
  name: 'live.watch' | 'live.follow',
  input?: unknown,
): { stop(): void; readonly ended: Promise<unknown> } {
  const controller = new AbortController();
  return { stop: () => controller.abort(), ended: test.engine.call(name, input, controller.signal) };
}

const one = async (): Promise<LiveServer | undefined> => (await test.call('live.list'))[0];
const more = async (key: SessionKey, from: number): Promise<ChunkInfo[]> =>
  unwrap(await test.engine.frame(key)('frame.more', { from }, new AbortController().signal)) as ChunkInfo[];

it('lists who is online while it is watched, and says of a server that cannot be asked why', async () => {
  const pages = [
    await openLivePage(server.url, project.writeKey, { session: 'a', user: 'Ann' }),
    await openLivePage(server.url, project.writeKey, { session: 'b', user: 'Bob' }),
  ];
  expect(await one()).toMatchObject({ state: 'connecting', visitors: [] });
  const watch = start('live.watch');
  await pages[0]?.fail('it broke');
  await expect.poll(async () => (await one())?.visitors.map(({ user }) => user), WAIT).toEqual(['Ann', 'Bob']);
  await expect
    .poll(async () => (await one())?.visitors[0], WAIT)
    .toMatchObject({
      session: 'a',
      page: 'https://shop.example/checkout/:id',
      device: 'desktop',
      browser: 'Chrome 130',
      errors: 1,
    });
  await test.call('servers.change', { id, paused: true });
  await expect.poll(one, WAIT).toMatchObject({ state: 'paused', visitors: [] });
  await test.call('servers.change', { id, paused: false, name: 'Our shop' });
  await expect.poll(one, WAIT).toMatchObject({ state: 'online', name: 'Our shop', projectName: 'Shop' });
  expect(await test.call('servers.check', { id })).toMatchObject({ works: true, role: 'analyst', expiresAt: null });
  expect(await test.rows()).toEqual([]); // to look is not to fetch
  await server.close();
  await expect.poll(one, WAIT).toMatchObject({
    state: 'offline',
    reason: expect.stringContaining('nothing listens'),
    visitors: [],
  });
  expect(await test.call('servers.check', { id })).toMatchObject({ works: false, role: null });
  watch.stop();
  expect(await watch.ended).toMatchObject({ ok: true });
});

it('follows a running session ahead of all others, each batch as soon as the server has it, and fetches nothing twice', async () => {
  for (let other = 0; other < 20; other += 1)
    await openLivePage(server.url, project.writeKey, { session: `other-${other}`, user: 'Somebody' });
  const page = await openLivePage(server.url, project.writeKey, { session: 'mine', user: 'Ann' });
  const { key } = await test.call('live.open', { server: id, session: 'mine' as never });
  const follow = start('live.follow', { key });
  const delays: number[] = [];
  for (let known = 1; known <= 10; known += 1) {
    const next = more(key, known);
    await page.say(`step ${known}`);
    const sentAt = performance.now();
    expect((await next).map(({ firstSeq }) => firstSeq)).toEqual([known + 2]);
    delays.push(performance.now() - sentAt);
  }
  const sorted = [...delays].sort((a, b) => a - b).map(Math.round);
  console.log(
    `from the answer to a batch until it can be replayed: median ${sorted[5]} ms, longest ${sorted.at(-1)} ms`,
  );
  await expect
    .poll(async () => (await test.rows()).map(({ sessionId, user, events }) => [sessionId, user, events]), WAIT)
    .toEqual([['mine', 'Ann', 13]]);
  expect(await test.call('live.session', { key })).toEqual({ state: 'following', reason: null });

  expect(await test.call('retention.get', { id })).toEqual({ days: null, held: 0 });
  expect(await test.call('storage.sources')).toMatchObject({
    sources: [{ source: `server:${id}`, sessions: 1, bytes: expect.any(Number) }],
    freeBytes: expect.any(Number),
  });

  // A sync that runs meanwhile finds those chunks here.
  const job = await test.wait(await test.call('sync.start', { id }));
  expect(job.message).toContain('20 sessions updated, 20 chunks fetched');

  // An erasure is the last that is heard.
  const { secret } = await server.addKey({ kind: 'read', role: 'admin', project: project.project });
  const gone = test.engine.frame(key)('frame.more', { from: 11 }, new AbortController().signal);
  await fetch(`${server.url}/v1/erasures`, {
    method: 'POST',
    body: JSON.stringify({ session: 'mine' }),
    headers: { authorization: `Bearer ${secret}` },
  });
  expect(await follow.ended).toMatchObject({ ok: true, value: { followed: true } });
  expect(await test.call('live.session', { key })).toMatchObject({ state: 'ended' });
  expect(await gone).toMatchObject({ ok: false, error: { code: 'not-found' } });
  expect((await test.rows()).map(({ sessionId }) => sessionId)).not.toContain('mine');
});

it('says what cannot be followed, and lets go when nobody looks or the server is paused', async () => {
  await expect(test.call('live.open', { server: id, session: 'nobody' as never })).rejects.toThrow('nothing of this');
  const page = await openLivePage(server.url, project.writeKey, { session: 'mine', user: 'Ann' });
  const { key } = await test.call('live.open', { server: id, session: 'mine' as never });
  const follow = start('live.follow', { key });
  await expect.poll(() => test.call('live.session', { key }), WAIT).toMatchObject({ state: 'following' });
  await page.say('before');
  await expect.poll(async () => (await test.rows())[0]?.events, WAIT).toBe(4);
  follow.stop();
  expect(await follow.ended).toMatchObject({ ok: false, error: { code: 'cancelled' } });

  const again = start('live.follow', { key });
  await test.call('servers.change', { id, paused: true });
  expect(await again.ended).toMatchObject({ ok: true });
  expect(await test.call('live.follow', { key })).toEqual({ followed: false });

  const file = fileWith(temporaryFolder(), 'visit.json', JSON.stringify(recording(2)));
  const [imported] = (await test.importFiles(file)).sessions;
  expect(await test.call('live.follow', { key: imported as SessionKey })).toEqual({ followed: false });
});
