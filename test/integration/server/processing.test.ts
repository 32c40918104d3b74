import { rename, rm } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { deadLetters, retryLetters } from '../../../server/admin/index.ts';
import { openDerived } from '../../../server/process/derived-store.ts';
import { createProcessor, IMPATIENT } from '../../../server/process/processor.ts';
import { openChunkReader } from '../../../server/storage/embedded/chunk-reader.ts';
import { deriveSession } from '../../../shared/facts/index.ts';
import { mergeEvents } from '../../../shared/formats/rrweb/chunk-events.ts';
import { ServerSessionFacts, ServerSessionPage } from '../../../shared/wire/server-session.ts';
import { sized } from '../../support/size.ts';
import { get, headOf, post } from './support/client.ts';
import { type InsideServer, startInside } from './support/server-inside.ts';
import { initByCommand, runServerCommand, startServer, temporaryFolder } from './support/server-process.ts';
import { type VisitBatch, visitBatches, visitEvents } from './support/visit.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function inside(): Promise<InsideServer> {
  const server = await startInside({ processor: true });
  closing.push(() => server.close());
  return server;
}

const send = async (url: string, key: string, { head, body }: VisitBatch): Promise<void> => {
  expect((await post(url, headOf(key, head), body)).status).toBe(200);
};
const factsOf = async (url: string, token: string, session: string): Promise<ServerSessionFacts> =>
  ServerSessionFacts.parse(await (await get(url, `/v1/sessions/${session}`, token)).json());
const listOf = async (url: string, token: string, query = ''): Promise<ServerSessionPage> =>
  ServerSessionPage.parse(await (await get(url, `/v1/sessions${query}`, token)).json());
/** Any fixed order that is not the first one. */
const shuffled = <T>(items: readonly T[]): T[] =>
  items
    .map((item, at) => [(at * 7919) % 101, item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);

test('a session whose results find no room is tried until they do, and is not given up', async () => {
  const server = await startInside();
  closing.push(() => server.close());
  const { writeKey, readToken } = await server.project('Shop');
  for (const batch of visitBatches(visitEvents({ session: 's' }), 's', 100)) await send(server.url, writeKey, batch);
  await get(server.url, '/v1/changes', readToken); // the index follows before anyone reads
  const [reader, store] = [openChunkReader(server.dir), openDerived(server.dir)];
  const processor = createProcessor({ reader, store, clock: Date.now });
  store.db.exec("CREATE TRIGGER full BEFORE INSERT ON session BEGIN SELECT RAISE(FAIL, 'no room'); END");
  for (let at = 0; at < 5; at += 1) expect(() => processor.step(IMPATIENT)).toThrow('no room');
  store.db.exec('DROP TRIGGER full');
  expect(processor.step(IMPATIENT)).toBe(true);
  store.close();
  reader.close();
  expect(await factsOf(server.url, readToken, 's')).toMatchObject({ session: { clicks: 1 }, deadLetters: [] });
});

test('batches sent three times, shuffled and in overlapping cuts give the facts of the events themselves', async () => {
  const server = await inside();
  const { writeKey, readToken } = await server.project('Shop');
  const session = 'repeats';
  const events = visitEvents({ session, user: { id: 'u-1', name: 'Ann' } });
  const cuts = [
    visitBatches(events, session, 3),
    visitBatches(events, session, 5, 2),
    visitBatches(events, session, 100),
  ];
  for (const batch of shuffled([...cuts, ...cuts, ...cuts].flat())) await send(server.url, writeKey, batch);
  await server.settle();
  const { signals, summary } = deriveSession(mergeEvents([events]));
  const found = await factsOf(server.url, readToken, session);
  expect(found.facts).toEqual(JSON.parse(JSON.stringify(signals)));
  expect(found.deadLetters).toEqual([]);
  expect(found.session).toMatchObject({
    session,
    user: 'Ann',
    startedAt: summary.startedAt,
    events: summary.events,
    clicks: 1,
    errors: 1,
    failedRequests: 1,
    missing: 0,
    entryPage: 'https://shop.example/orders/:id/pay',
    browser: 'Chrome 130',
    system: 'Linux',
    device: 'desktop',
  });
});

test('a batch that never came is a gap, and the smallest difference of the clocks is the skew', async () => {
  let now = 1_700_000_100_000;
  const server = await startInside({ processor: true, clock: () => now });
  closing.push(() => server.close());
  const { writeKey, readToken } = await server.project('Shop');
  const batches = visitBatches(visitEvents({ session: 'gap' }), 'gap', 3);
  const lost = batches[1];
  for (const [at, batch] of batches.entries()) {
    now = Number(batch.head.sent) + (at === 2 ? 250 : 900);
    if (batch !== lost) await send(server.url, writeKey, batch);
  }
  await server.settle();
  const { session } = await factsOf(server.url, readToken, 'gap');
  expect(session.missing).toBe(lost?.head.count);
  expect(session.skewMs).toBe(250);
});

test('sessions are listed page by page, newest first, and by person', async () => {
  const server = await inside();
  const { writeKey, readToken } = await server.project('Shop');
  const other = await server.project('Other');
  const names = Array.from({ length: 7 }, (_, at) => `s${at}`);
  for (const [at, session] of names.entries()) {
    const user = { id: at % 2 ? 'odd' : 'even', name: `Person ${at}` };
    for (const batch of visitBatches(visitEvents({ session, user }), session, 100))
      await send(server.url, writeKey, batch);
  }
  await server.settle();
  const seen: string[] = [];
  for (let query = '?limit=3'; query !== ''; ) {
    const { sessions, next } = await listOf(server.url, readToken, query);
    seen.push(...sessions.map(({ session }) => session));
    query = next === null ? '' : `?limit=3&before=${next}`;
  }
  expect(seen).toEqual([...names].reverse());
  const of = async (user: string) =>
    (await listOf(server.url, readToken, `?user=${encodeURIComponent(user)}`)).sessions.map(({ session }) => session);
  expect([await of('odd'), await of('Person 4'), await of('nobody')]).toEqual([['s5', 's3', 's1'], ['s4'], []]);
  expect((await listOf(server.url, other.readToken)).sessions).toEqual([]);
  expect((await get(server.url, '/v1/sessions/s1', other.readToken)).status).toBe(404);
  expect((await get(server.url, '/v1/sessions?before=1', readToken)).status).toBe(400);
});

test('poisoned batches become dead letters that can be read and tried again, and take nothing else along', async () => {
  const server = await inside();
  const { dir } = server;
  const { writeKey, readToken } = await server.project('Shop');
  const poison: [string, string | Uint8Array<ArrayBuffer>, RegExp][] = [
    ['torn-gzip', new Uint8Array(gzipSync('[1,2]').subarray(0, 12)), /decompressed/],
    ['bomb', new Uint8Array(gzipSync(Buffer.alloc(80 * 1024 * 1024, 0x20))), /decompressed/],
    ['no-json', '[{', /JSON/],
    ['no-array', new Uint8Array(gzipSync('{"a":1}')), /array/],
    ['miscounted', '[1,2,3]', /should hold 2/],
    ['deep', '['.repeat(20_000) + ']'.repeat(20_000), /deeply/],
    ['no-events', '[{},[]]', /no entry/],
  ];
  for (const [session, body] of poison) {
    expect((await post(server.url, headOf(writeKey, { session, generation: session }), body)).status).toBe(200);
  }
  const mixed = visitBatches(visitEvents({ session: 'mixed' }), 'mixed', 4);
  for (const batch of mixed) await send(server.url, writeKey, batch);
  await post(server.url, headOf(writeKey, { session: 'mixed', generation: 'other' }), '[{');
  await server.settle();
  const letters = deadLetters({ dir, clock: Date.now });
  for (const [session, , reason] of poison)
    expect(letters.find((one) => one.session === session)?.reason, session).toMatch(reason);
  expect(letters).toHaveLength(poison.length + 1);
  const { session, deadLetters: own } = await factsOf(server.url, readToken, 'mixed');
  expect([session.clicks, own.length]).toEqual([1, 1]);

  const bad = letters.find((one) => one.session === 'miscounted');
  expect((await runServerCommand('--dir', dir, 'dead-letters', 'show', String(bad?.seq))).stdout).toBe('[1,2,3]');
  expect((await runServerCommand('--dir', dir, 'dead-letters', 'list')).stdout).toContain('miscounted');
  expect((await runServerCommand('--dir', dir, 'dead-letters', 'retry')).stdout).toContain(`${letters.length} to be`);
  await server.settle();
  expect(deadLetters({ dir, clock: Date.now })).toHaveLength(letters.length);
});

test('what could not be read for a while is derived when it is tried again', async () => {
  const server = await inside();
  const { writeKey, readToken } = await server.project('Shop');
  for (const batch of visitBatches(visitEvents({ session: 's1' }), 's1', 4)) await send(server.url, writeKey, batch);
  const file = `${server.dir}/journal/00000001.tfj`;
  await rename(file, `${file}.away`);
  await server.settle();
  expect((await get(server.url, '/v1/sessions/s1', readToken)).status).toBe(200);
  const { session, deadLetters: letters } = await factsOf(server.url, readToken, 's1');
  expect([session.events, letters.length > 1]).toEqual([0, true]);
  await rename(`${file}.away`, file);
  expect(retryLetters({ dir: server.dir, clock: Date.now }, 's1')).toBe(1);
  await server.settle();
  const again = await factsOf(server.url, readToken, 's1');
  expect([again.session.clicks, again.deadLetters]).toEqual([1, []]);
});

test('killed at any point, also without what it had derived, it ends with the same sessions', async () => {
  const { dir, remove } = await temporaryFolder();
  closing.push(remove);
  const { writeKey, readToken } = await initByCommand(dir);
  const sessions = Array.from({ length: 8 }, (_, at) => `k${at}`);
  const batches = sessions.flatMap((session) => visitBatches(visitEvents({ session }), session, 3));
  const rounds = sized(3);
  for (let round = 0; round < rounds; round += 1) {
    const server = await startServer(dir);
    const part = batches.filter((_, at) => at % rounds === round);
    for (const batch of part) await send(server.url, writeKey, batch);
    // Killed while it derives what the round before left, after as many sessions as the round says.
    await expect
      .poll(async () => (await listOf(server.url, readToken)).sessions.length, { timeout: 60_000, interval: 5 })
      .toBeGreaterThanOrEqual(Math.min(round * 3, sessions.length));
    await server.stop('SIGKILL');
    if (round === 1) for (const end of ['', '-wal', '-shm']) await rm(`${dir}/derived.sqlite${end}`, { force: true });
  }
  const server = await startServer(dir);
  for (const session of sessions) {
    const { signals } = deriveSession(mergeEvents([visitEvents({ session })]));
    await expect
      .poll(
        async () => {
          const response = await get(server.url, `/v1/sessions/${session}`, readToken);
          return response.status === 200 ? ServerSessionFacts.parse(await response.json()).facts : response.status;
        },
        { timeout: 60_000 },
      )
      .toEqual(JSON.parse(JSON.stringify(signals)));
  }
  expect(await server.stop('SIGTERM')).toBe(0);
});
