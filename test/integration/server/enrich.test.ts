import { rm, writeFile } from 'node:fs/promises';
import { afterEach, expect, test } from 'vitest';
import { addKey } from '../../../server/admin/index.ts';
import { ServerSessionPage } from '../../../shared/wire/server-session.ts';
import { get, headOf, post, readFeed } from './support/client.ts';
import { initByCommand, runServerCommand, startServer, temporaryFolder } from './support/server-process.ts';
import { openStream } from './support/stream-client.ts';
import { findTraces } from './support/traces.ts';
import { visitBatches, visitEvents } from './support/visit.ts';

const closing: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const sessionsOf = async (url: string, token: string) =>
  ServerSessionPage.parse(await (await get(url, '/v1/sessions', token)).json()).sessions;

test('with a geo file a session knows its region, behind a trusted proxy too, and no address is kept anywhere', async () => {
  const { dir, remove } = await temporaryFolder();
  closing.push(remove);
  const geo = `${dir}-geo.csv`;
  await writeFile(geo, '# test\n198.51.100.0/24,DE,Hessen\n2001:db8::/32,FR\n');
  closing.push(() => rm(geo));
  const { writeKey, readToken } = await initByCommand(dir);
  const server = await startServer(dir, [], 0, ['--geo', geo, '--trust-proxy', '127.0.0.1']);
  const from = async (session: string, forwarded: string, over: Record<string, string> = {}): Promise<void> => {
    for (const { head, body } of visitBatches(visitEvents({ session }), session, 100)) {
      const headers = { 'x-forwarded-for': forwarded };
      const query = headOf(writeKey, { ...head, ...over });
      expect((await fetch(`${server.url}/v1/batches?${query}`, { method: 'POST', body, headers })).status).toBe(200);
    }
  };
  await from('de', 'forged, 198.51.100.77');
  // Where a backend stands says nothing of the person.
  await from('fr', '198.51.100.77', { window: 'backend_shop', generation: 'gb' });
  await from('fr', '2001:db8::77:77');
  await from('nowhere', '203.0.113.77');
  const regions = async () =>
    Object.fromEntries(
      (await sessionsOf(server.url, readToken)).map((one) => [one.session, [one.country, one.region]]),
    );
  await expect
    .poll(regions, { timeout: 30_000 })
    .toEqual({ de: ['DE', 'Hessen'], fr: ['FR', null], nowhere: [null, null] });
  expect(await server.stop('SIGTERM')).toBe(0);
  expect(await findTraces(dir, ['198.51.100', '203.0.113', '2001:db8'])).toEqual([]);
  // What is made again from the journal says the same.
  for (const name of ['index', 'derived']) await rm(`${dir}/${name}.sqlite`, { force: true });
  const again = await startServer(dir);
  await expect
    .poll(async () => (await sessionsOf(again.url, readToken)).map(({ country }) => country).sort(), {
      timeout: 30_000,
    })
    .toEqual(['DE', 'FR', null]);
  expect(await again.stop('SIGTERM')).toBe(0);
  const wrong = await runServerCommand('--dir', dir, '--geo', `${dir}/accounts.tfj`);
  expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('of the geo file')]);
});

test('what scrub rules name is never on the disk; identities hold, and other projects are kept as they come', async () => {
  const { dir, remove } = await temporaryFolder();
  closing.push(remove);
  const mine = await initByCommand(dir);
  const other = await initByCommand(dir, 'Other');
  const [project = ''] = (await runServerCommand('--dir', dir, 'projects')).stdout.split(/\s/);
  const server = await startServer(dir);
  closing.push(() => server.stop('SIGTERM'));
  const run = (...args: string[]) => runServerCommand('--dir', dir, 'scrub', ...args, '--project', project);
  const rules = { members: ['release'], query: ['coupon'], patterns: ['email'] };
  const file = `${dir}-rules.json`;
  closing.push(() => rm(file));
  await writeFile(file, JSON.stringify({ ...rules, patterns: ['shoe size'] }));
  expect((await run(file)).stderr).toContain('"patterns.0" is not right');
  await writeFile(file, JSON.stringify(rules));
  expect((await run(file)).code).toBe(0);
  expect(JSON.parse((await run('show')).stdout)).toEqual(rules);

  const of = (person: string) =>
    visitBatches(
      visitEvents({
        session: 's',
        user: { id: `${person}@mail.example`, name: 'Ann' },
        url: `https://a.example/?coupon=${person}`,
      }),
      's',
      3,
    );
  const send = async (key: string, person: string): Promise<unknown[]> => {
    const answers = [];
    for (const { head, body } of of(person))
      answers.push(await (await post(server.url, headOf(key, head), body)).json());
    return answers;
  };
  const first = await send(mine.writeKey, 'markone');
  expect(first).toEqual(first.map(() => expect.objectContaining({ duplicate: false })));
  expect(await send(mine.writeKey, 'markone')).toEqual(first.map(() => expect.objectContaining({ duplicate: true })));
  // Who differs only in what is taken out is the same, also by a stream.
  expect(await send(mine.writeKey, 'marktwo')).toEqual(first.map(() => expect.objectContaining({ duplicate: true })));
  const stream = await openStream(server.url, mine.writeKey, { session: 'streamed', generation: 'g' });
  stream.send({
    first: 0,
    count: 1,
    body: Buffer.from('[{"type":5,"timestamp":1,"data":{"x":"markthree@mail.example"}}]'),
  });
  await expect.poll(() => stream.acks.length).toBe(1);
  stream.close();
  for (const body of ['[{"a":"markfour@mail.example"', '{"a":"markfour@mail.example"}'])
    expect((await post(server.url, headOf(mine.writeKey, { session: 'bad' }), body)).status).toBe(400);
  const marks = ['markone', 'marktwo', 'markthree', 'markfour'];
  expect(await findTraces(dir, marks)).toEqual([]);
  expect((await findTraces(dir, ['***'])).some((trace) => trace.includes('gzip'))).toBe(true);
  await expect
    .poll(async () => (await sessionsOf(server.url, mine.readToken)).find(({ session }) => session === 's')?.user, {
      timeout: 30_000,
    })
    .toBe('Ann');

  // The control, and an end of it.
  await send(other.writeKey, 'markone');
  expect((await findTraces(dir, ['markone'])).length).toBeGreaterThan(0);
  const { secret } = await addKey({ dir, clock: Date.now }, { kind: 'read', role: 'admin', project });
  const off = await fetch(`${server.url}/v1/scrubbing`, {
    method: 'POST',
    body: '{"rules":null}',
    headers: { authorization: `Bearer ${secret}` },
  });
  expect(await off.json()).toEqual({ rules: null });
  expect((await post(server.url, headOf(mine.writeKey, { session: 'late' }), '["markfive"]')).status).toBe(200);
  expect((await readFeed(server.url, mine.readToken)).some(({ session }) => session === 'late')).toBe(true);
  expect((await findTraces(dir, ['markfive'])).length).toBeGreaterThan(0);
  expect((await (await get(server.url, '/v1/audit', secret)).text()).match(/scrub rules set/g)).toHaveLength(2);
});
