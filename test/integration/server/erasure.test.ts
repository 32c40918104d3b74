import { rm, writeFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { addKey } from '../../../server/admin/index.ts';
import { openZip } from '../../../shared/node/zip-reader.ts';
import { ErasureReport, HoldList, Retention } from '../../../shared/wire/privacy.ts';
import { openEngine } from '../engine/support/engine.ts';
import { newFolder } from '../engine/support/profile.ts';
import { get, gzipBatch, headOf, post, readChanges, readChunk, readFeed, sha256 } from './support/client.ts';
import { type InsideServer, startInside } from './support/server-inside.ts';
import { initByCommand, runServerCommand, startServer, temporaryFolder } from './support/server-process.ts';
import { findTraces } from './support/traces.ts';
import { visitBatches, visitEvents } from './support/visit.ts';

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const ADMIN = { kind: 'read', role: 'admin' } as const;
const send = (url: string, path: string, token: string, body: unknown): Promise<Response> =>
  fetch(url + path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  });
const erase = async (url: string, token: string, subject: unknown): Promise<ErasureReport> =>
  ErasureReport.parse(await (await send(url, '/v1/erasures', token, subject)).json());

async function inside(clock: () => number = Date.now): Promise<InsideServer> {
  const server = await startInside({ processor: true, clock });
  closing.push(() => server.close());
  return server;
}

/** A visit whose every text, and also what lies around it, carries the mark of its person. */
async function visit(url: string, key: string, session: string, person: string): Promise<void> {
  const user = { id: `id-${person}`, name: `name-${person}` };
  const events = visitEvents({ session, user, url: `https://shop.example/${person}/cart` });
  for (const { head, body } of visitBatches(events, session, 3))
    expect((await post(url, headOf(key, { ...head, window: `w-${person}` }), body)).status).toBe(200);
}

test('a person is erased: no byte in the server folder or on a synced workstation, everyone else untouched', async () => {
  const server = await inside();
  const { dir, url } = server;
  const { writeKey, readToken, project } = await server.project('Shop');
  const admin = await server.addKey({ ...ADMIN, project });
  const [gone, stays] = ['markofzoe', 'markofbob'];
  const marks = [gone, 'g0-zoe-1', 'g0-zoe-2'];
  await visit(url, writeKey, 'zoe-1', gone);
  await visit(url, writeKey, 'bob-1', stays);
  await visit(url, writeKey, 'zoe-2', gone);
  // What analysts wrote about her, also what is not the last word any more.
  const note = (session: string, editedAt: number, text: string) => ({
    ...{ kind: 'note', session, editedAt, id: '6f1c4a52-7b0d-4f3e-9a51-0c9d7e5b1a11' },
    note: { at: 1, endAt: null, text, createdAt: 1 },
  });
  for (const annotations of [
    [note('zoe-1', 1, `first of ${gone}`), note('bob-1', 1, `first of ${stays}`)],
    [note('zoe-1', 2, `second of ${gone}`)],
  ])
    expect(await (await send(url, '/v1/annotations', readToken, { annotations })).json()).toMatchObject({
      outcomes: annotations.map(() => 'stored'),
    });
  // Set aside as a contradiction, and a dead letter: both hold her mark, too.
  const twice = { session: 'zoe-1', generation: 'g0-zoe-1', first: 0, count: 3, window: `w-${gone}` };
  expect((await post(url, headOf(writeKey, twice), gzipBatch(gone))).status).toBe(409);
  const poison = { session: 'zoe-2', generation: 'poison', window: `w-${gone}` };
  expect((await post(url, headOf(writeKey, poison), `[{"text":"${gone}"`)).status).toBe(200);
  await server.settle();

  const profile = newFolder();
  closing.push(() => profile.remove());
  const workstation = await openEngine({ profileDir: profile.path });
  let isOpen = true;
  closing.push(async () => {
    if (isOpen) await workstation.close();
  });
  const { id } = await workstation.call('servers.add', { url, token: readToken });
  await workstation.wait(await workstation.call('sync.start', { id }));
  const rows = async () => (await workstation.rows()).map(({ sessionId }) => sessionId).sort();
  expect(await rows()).toEqual(['bob-1', 'zoe-1', 'zoe-2']);

  // The control: a search that finds nothing proves nothing unless it found it before.
  const before = await findTraces(dir, marks);
  for (const place of ['journal', 'conflicts', 'derived.sqlite', 'index.sqlite'])
    expect(
      before.some((trace) => trace.startsWith(place)),
      `${place} in ${before}`,
    ).toBe(true);
  expect(before.some((trace) => trace.includes('gzip'))).toBe(true);
  expect((await findTraces(dir, [`first of ${gone}`])).some((trace) => trace.startsWith('journal'))).toBe(true);
  expect((await findTraces(profile.path, marks)).some((trace) => trace.includes('.chunks'))).toBe(true);
  expect((await findTraces(profile.path, marks)).some((trace) => trace.includes('library.db'))).toBe(true);
  const feed = (await readFeed(url, readToken)).filter(({ session }) => session === 'bob-1');

  const report = await erase(url, admin.secret, { user: `name-${gone}` });
  expect(report).toEqual({ erased: ['zoe-1', 'zoe-2'], held: [], unreadable: [] });
  expect(await findTraces(dir, marks)).toEqual([]);
  expect((await findTraces(dir, [stays])).length).toBeGreaterThan(0);
  expect(await readFeed(url, readToken)).toEqual(feed);
  for (const { seq, sha256: hash } of feed) expect(sha256(await readChunk(url, readToken, seq))).toBe(hash);
  for (const path of ['/v1/sessions/zoe-1', '/v1/sessions?user=id-markofzoe', '/v1/annotations']) {
    expect(await (await get(url, path, readToken)).text()).not.toContain('zoe-1');
  }
  expect(await (await get(url, '/v1/annotations', readToken)).text()).toContain(`first of ${stays}`);
  const late = await send(url, '/v1/annotations', readToken, { annotations: [note('zoe-1', 9, gone)] });
  expect(await late.json()).toEqual({ outcomes: ['erased'] });
  expect((await post(url, headOf(writeKey, { ...twice, first: 900 }), '[1]')).status).toBe(410);

  const synced = await workstation.wait(await workstation.call('sync.start', { id }));
  expect(synced.message).toContain('2 erased by the server');
  expect(await rows()).toEqual(['bob-1']);
  expect(await findTraces(profile.path, marks)).toEqual([]);
  expect((await findTraces(profile.path, [stays])).length).toBeGreaterThan(0);
  await workstation.close();
  isOpen = false;
  expect(await findTraces(profile.path, marks)).toEqual([]);

  const audit = await (await get(url, '/v1/audit', admin.secret)).text();
  expect(audit).toContain('"about":"2 sessions"');
  expect(audit).toContain(`"by":"${admin.id}"`);
  expect(audit).not.toContain('mark');
});

test('an erasure wins over batches that arrive meanwhile and over downloads under way', async () => {
  const server = await inside();
  const { dir, url } = server;
  const { writeKey, readToken, project } = await server.project('Shop');
  const admin = await server.addKey({ ...ADMIN, project });
  let isOver = false;
  const accepted = new Map<string, number>();
  const write = async (session: string): Promise<void> => {
    for (let first = 0; !isOver; first += 2) {
      const body = gzipBatch(`mark-${session} ${first}`);
      const { status } = await post(url, headOf(writeKey, { session, generation: `g-${session}`, first }), body);
      accepted.set(session, (accepted.get(session) ?? 0) + (status === 200 ? 1 : 0));
      if (status === 410) return;
      expect(status).toBe(200);
    }
  };
  const writers = ['a', 'b', 'a', 'c'].map(write);
  await expect.poll(() => accepted.get('a') ?? 0, { timeout: 30_000 }).toBeGreaterThan(10);
  const profile = newFolder();
  closing.push(() => profile.remove());
  const workstation = await openEngine({ profileDir: profile.path });
  closing.push(() => workstation.close());
  const { id } = await workstation.call('servers.add', { url, token: readToken });
  const started = await workstation.call('sync.start', { id });
  expect((await erase(url, admin.secret, { session: 'a' })).erased).toEqual(['a']);
  expect(await findTraces(dir, ['g-a', 'mark-a'])).toEqual([]);
  await workstation.wait(started);
  isOver = true;
  await Promise.all(writers);
  await workstation.wait(await workstation.call('sync.start', { id }));
  expect((await workstation.rows()).map(({ sessionId }) => sessionId).sort()).toEqual(['b', 'c']);
  expect(await findTraces(profile.path, ['g-a', 'mark-a'])).toEqual([]);
  for (const session of ['b', 'c']) {
    const kept = (await readFeed(url, readToken)).filter((change) => change.session === session);
    expect(kept).toHaveLength(accepted.get(session) ?? 0);
  }
});

test('an erasure that is cut off by kill -9 is finished at the next start, or had not begun', async () => {
  const { dir, remove } = await temporaryFolder();
  closing.push(remove);
  const { writeKey, readToken } = await initByCommand(dir);
  const { secret } = await addKey({ dir, clock: Date.now }, ADMIN);
  let kept = 0;
  for (let round = 0; round < 4; round += 1) {
    const first = await startServer(dir);
    const session = `s${round}`;
    await visit(first.url, writeKey, session, `mark${round}`);
    await visit(first.url, writeKey, `other${round}`, 'otherperson');
    kept += visitBatches(visitEvents({ session }), session, 3).length;
    const asked = erase(first.url, secret, { session }).catch(() => undefined);
    // Some rounds die while it runs, some after its tombstone is there.
    await expect
      .poll(
        async () =>
          round % 2 === 0 ||
          (await readChanges(first.url, readToken)).some((one) => one.session === session && one.kind === 'erased'),
        { interval: 1, timeout: 30_000 },
      )
      .toBe(true);
    await first.stop('SIGKILL');
    await asked;
    const again = await startServer(dir);
    const hasTombstone = (await readChanges(again.url, readToken)).some(
      (change) => change.kind === 'erased' && change.session === session,
    );
    if (!hasTombstone) await erase(again.url, secret, { session });
    expect(await findTraces(dir, [`mark${round}`])).toEqual([]);
    expect((await readFeed(again.url, readToken)).length).toBe(kept);
    expect(await again.stop('SIGTERM')).toBe(0);
    if (round === 1) for (const end of ['', '-wal', '-shm']) await rm(`${dir}/index.sqlite${end}`, { force: true });
  }
});

test('what is under a hold is kept, by erasure and by age, until the hold is lifted', async () => {
  let now = Date.now();
  const server = await inside(() => now);
  const { url, dir } = server;
  const { writeKey, readToken, project } = await server.project('Shop');
  const admin = await server.addKey({ ...ADMIN, project });
  await visit(url, writeKey, 'old', 'markofzoe');
  await visit(url, writeKey, 'held', 'markofzoe');
  now += 40 * 86_400_000;
  await visit(url, writeKey, 'new', 'markofbob');
  await server.settle();
  const hold = async (isOn: boolean) =>
    HoldList.parse(await (await send(url, '/v1/holds', admin.secret, { session: 'held', isOn })).json());
  expect(await hold(true)).toEqual({ sessions: ['held'] });
  expect((await erase(url, admin.secret, { session: 'held' })).held).toEqual(['held']);
  const set = await send(url, '/v1/retention', admin.secret, { days: 30 });
  expect(Retention.parse(await set.json())).toEqual({ days: 30 });
  const sessions = async () => [...new Set((await readFeed(url, readToken)).map(({ session }) => session))].sort();
  expect(await sessions()).toEqual(['held', 'new']);
  const [tombstone] = (await readChanges(url, readToken)).filter(({ kind }) => kind === 'erased');
  expect(tombstone).toMatchObject({ session: 'old', reason: 'expired' });
  expect(await findTraces(dir, ['g0-old'])).toEqual([]);
  expect(await hold(false)).toEqual({ sessions: [] });
  await send(url, '/v1/retention', admin.secret, { days: 30 });
  expect(await sessions()).toEqual(['new']);
  expect(await findTraces(dir, ['markofzoe'])).toEqual([]);
});

test('sessions that cannot be read may be of the person: they are named, and erased when that is asked for', async () => {
  const server = await inside();
  const { url, dir } = server;
  const { writeKey, project } = await server.project('Shop');
  const admin = await server.addKey({ ...ADMIN, project });
  await visit(url, writeKey, 'known', 'markofzoe');
  await post(url, headOf(writeKey, { session: 'unread' }), '[{"user":"markofzoe"');
  expect(await erase(url, admin.secret, { user: 'id-markofzoe' })).toEqual({
    erased: ['known'],
    held: [],
    unreadable: ['unread'],
  });
  const second = await erase(url, admin.secret, { user: 'id-markofzoe', withUnreadable: true });
  expect(second).toEqual({ erased: ['unread'], held: [], unreadable: [] });
  expect(await findTraces(dir, ['markofzoe'])).toEqual([]);
});

test('an export holds all that is kept of a person, byte for byte, and leaves no file behind', async () => {
  const server = await inside();
  const { url, dir } = server;
  const { writeKey, readToken, project } = await server.project('Shop');
  const admin = await server.addKey({ ...ADMIN, project });
  await visit(url, writeKey, 'zoe-1', 'markofzoe');
  await visit(url, writeKey, 'bob-1', 'markofbob');
  await post(url, headOf(writeKey, { session: 'zoe-1', generation: 'plain' }), '["as it is",2]');
  const tag = { kind: 'tag', session: 'zoe-1', editedAt: 1, name: 'a-tag-of-hers', isOn: true };
  await send(url, '/v1/annotations', readToken, { annotations: [tag] });
  const response = await send(url, '/v1/exports', admin.secret, { user: 'id-markofzoe' });
  expect(response.status).toBe(200);
  const file = `${dir}/export.zip`;
  await writeFile(file, Buffer.from(await response.arrayBuffer()));
  const zip = await openZip(file, { maxEntries: 100, maxEntryBytes: 1e7, maxTotalBytes: 1e8 });
  const feed = (await readFeed(url, readToken)).filter(({ session }) => session === 'zoe-1');
  const names = [...zip.names].sort();
  expect(names.filter((name) => name.startsWith('zoe-1/chunks/'))).toHaveLength(feed.length);
  expect(names.some((name) => name.includes('bob'))).toBe(false);
  for (const { seq, sha256: hash } of feed) {
    const name = names.find((one) => one.startsWith(`zoe-1/chunks/${seq}-`)) ?? '';
    const bytes = await zip.read(name);
    expect(sha256(bytes)).toBe(hash);
    expect(JSON.parse((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString())).toBeInstanceOf(Array);
  }
  expect((await zip.read('zoe-1/annotations.json')).toString()).toContain('a-tag-of-hers');
  expect(JSON.parse((await zip.read('zoe-1/session.json')).toString())).toMatchObject({
    session: { user: 'name-markofzoe' },
  });
  zip.close();
  await rm(file);
  expect((await findTraces(`${dir}/exports`, ['zoe'])).length).toBe(0);
  expect((await send(url, '/v1/exports', admin.secret, { user: 'nobody' })).status).toBe(404);
});

const NONSENSE = [
  ['/v1/erasures', '{}'],
  ['/v1/erasures', '{"session":"a","user":"b"}'],
  ['/v1/erasures', '{"session":"../x"}'],
  ['/v1/erasures', 'no json'],
  ['/v1/holds', '{"session":"a"}'],
  ['/v1/retention', '{"days":0}'],
  ['/v1/exports', '[]'],
] as const;

test('nonsense is refused with the part that is wrong', async () => {
  const server = await inside();
  const { project } = await server.project('Shop');
  const { secret } = await server.addKey({ ...ADMIN, project });
  const headers = { authorization: `Bearer ${secret}` };
  for (const [path, body] of NONSENSE) {
    const response = await fetch(server.url + path, { method: 'POST', body, headers });
    expect([response.status, (await response.json()).code], `${path} ${body}`).toEqual([400, 'bad-request']);
  }
});

test('commands do the same on the folder of a stopped server, and hold back while one runs', async () => {
  const { dir, remove } = await temporaryFolder();
  closing.push(remove);
  const { writeKey, readToken } = await initByCommand(dir);
  const server = await startServer(dir);
  for (const session of ['zoe-1', 'zoe-2']) await visit(server.url, writeKey, session, 'markofzoe');
  await visit(server.url, writeKey, 'bob-1', 'markofbob');
  const run = (...args: string[]) => runServerCommand('--dir', dir, ...args);
  const refused = await run('erase', '--user', 'id-markofzoe');
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('A server is running')]);
  expect((await run('hold', 'place', 'zoe-2')).code).toBe(0);
  await server.stop('SIGTERM');
  expect((await run('export', `${dir}/zoe.zip`, '--user', 'id-markofzoe')).stdout).toContain('2 sessions');
  expect((await findTraces(dir, ['markofzoe'])).some((trace) => trace.startsWith('zoe.zip'))).toBe(true);
  await rm(`${dir}/zoe.zip`);
  expect((await run('erase', '--user', 'id-markofzoe')).stdout).toBe('1 erased\nkept, under a hold\tzoe-2\n');
  expect((await run('hold', 'list')).stdout).toBe('zoe-2\n');
  expect((await run('hold', 'lift', 'zoe-2')).code).toBe(0);
  expect((await run('erase', '--session', 'zoe-2')).stdout).toBe('1 erased\n');
  expect(await findTraces(dir, ['markofzoe'])).toEqual([]);
  expect((await run('erase')).code).toBe(1);
  expect((await run('retention', '0')).code).not.toBe(0);
  expect((await run('retention', '30')).code).toBe(0);
  const again = await startServer(dir);
  expect((await readFeed(again.url, readToken)).every(({ session }) => session === 'bob-1')).toBe(true);
  expect(await again.stop('SIGTERM')).toBe(0);
});
