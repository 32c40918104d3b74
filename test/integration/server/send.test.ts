import { createWriteStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendFile } from '../../../server/send/send-file.ts';
import { mergeEvents, readChunkEvents } from '../../../shared/formats/rrweb/chunk-events.ts';
import { chunkText } from '../../../shared/node/gunzip.ts';
import { writeZip } from '../../../shared/node/zip-writer.ts';
import { openEngine } from '../engine/support/engine.ts';
import { newFolder } from '../engine/support/profile.ts';
import { get, headOf, post, readChunk, readFeed } from './support/client.ts';
import {
  initByCommand,
  type Project,
  runServerCommandWith,
  type ServerProcess,
  startServer,
  temporaryFolder,
} from './support/server-process.ts';
import { visitBatches, visitEvents } from './support/visit.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let project: Project;
let server: ServerProcess;
beforeAll(async () => {
  folder = await temporaryFolder();
  project = await initByCommand(`${folder.dir}/data`);
  server = await startServer(project.dir);
});
afterAll(async () => {
  await server.stop('SIGTERM');
  await folder.remove();
});

const send = (...args: string[]) =>
  runServerCommandWith({ TRACEFLOW_WRITE_KEY: project.writeKey }, 'send', '--to', server.url, ...args);

async function eventsOf(session: string): Promise<unknown[]> {
  const feed = (await readFeed(server.url, project.readToken)).filter((change) => change.session === session);
  const chunks = await Promise.all(
    feed.map(async (change) =>
      readChunkEvents(chunkText(await readChunk(server.url, project.readToken, change.seq)), change),
    ),
  );
  return mergeEvents(chunks).map(({ event }) => event);
}

const recorded = visitEvents({ session: 'x' }).map(({ event }) => event);

test.each([
  ['json', (text: string[]) => `[${text.join(',')}]`],
  ['ndjson', (text: string[]) => text.join('\n')],
  ['gzip', (text: string[]) => gzipSync(text.join('\n'))],
] as const)('a recording as %s arrives event by event, and again changes nothing', async (name, write) => {
  const file = `${folder.dir}/${name}`;
  await writeFile(file, write(recorded.map((event) => JSON.stringify(event))));
  const first = await send(file, '--session', name);
  expect([first.code, first.stdout]).toEqual([0, expect.stringContaining('1 batches stored, 0 there already')]);
  expect(await eventsOf(name)).toEqual(recorded);
  expect((await send(file, '--session', name)).stdout).toContain('0 batches stored, 1 there already');
});

test('a long recording goes on where it was cut off, with a server that is killed meanwhile, in bounded memory', async () => {
  const file = `${folder.dir}/long.ndjson`;
  const count = 40_000;
  const line = (at: number): string =>
    `${JSON.stringify({ type: 5, timestamp: 1_700_000_000_000 + at, data: { tag: 't', payload: `${at} ${'x'.repeat(200)}` } })}\n`;
  await pipeline(Readable.from(Array.from({ length: count }, (_, at) => line(at))), createWriteStream(file));
  const deps = { url: server.url, key: project.writeKey, fetch, clock: Date.now };
  // Cut off after a few batches, as when the machine goes to sleep.
  let sent = 0;
  const cutOff = sendFile(
    file,
    {
      ...deps,
      progress: () => {
        sent += 1;
        if (sent === 5) throw new Error('cut off');
      },
    },
    'long',
  );
  await expect(cutOff).rejects.toThrow('cut off');
  const port = Number(new URL(server.url).port);
  let killed: Promise<void> | undefined;
  const report = await sendFile(
    file,
    {
      ...deps,
      progress: () => {
        killed ??= (async () => {
          await server.stop('SIGKILL');
          server = await startServer(project.dir, [], port);
        })();
      },
    },
    'long',
  );
  await killed;
  expect(report.refused).toEqual([]);
  expect(report.known).toBeGreaterThanOrEqual(5);
  const events = (await eventsOf('long')) as { timestamp: number }[];
  expect(events.map(({ timestamp }) => timestamp - 1_700_000_000_000)).toEqual(
    Array.from({ length: count }, (_, at) => at),
  );
});

test('a zip of recordings arrives as one session each; what is no recording is named, and sending again changes nothing', async () => {
  const file = `${folder.dir}/many.zip`;
  const lines = (mark: string) =>
    recorded.map((event) => JSON.stringify(event).replaceAll('Order of x', `Order of ${mark}`)).join('\n');
  const parts = {
    'a/one.ndjson': lines('one'),
    'a/two.json.gz': gzipSync(`[${lines('two').replaceAll('\n', ',')}]`),
    '__MACOSX/a/._one.ndjson': 'left by a file manager',
    'picture.json': Buffer.from([0x89, ...Buffer.from('PNG____')]),
  };
  await writeZip(
    file,
    Object.entries(parts).map(([name, content]) => ({ name, bytes: Buffer.from(content) })),
  );
  const before = new Set((await readFeed(server.url, project.readToken)).map(({ session }) => session));
  const first = await send(file);
  expect([first.code, first.stdout]).toEqual([1, expect.stringContaining('2 batches stored, 0 there already')]);
  expect(first.stderr).toContain('picture.json: it is a PNG picture');
  const feed = await readFeed(server.url, project.readToken);
  const fresh = [...new Set(feed.map(({ session }) => session))].filter((session) => !before.has(session));
  const arrived = await Promise.all(fresh.map((session) => eventsOf(session)));
  const wanted = ['one', 'two'].map((mark) =>
    lines(mark)
      .split('\n')
      .map((line) => JSON.parse(line)),
  );
  expect(arrived).toHaveLength(2);
  expect(arrived).toEqual(expect.arrayContaining(wanted));
  expect((await send(file)).stdout).toContain('0 batches stored, 2 there already');
  expect((await send(file, '--session', 'mine')).stderr).toContain('names its sessions itself');
});

test('a bomb of a zip, plain or of a gzip within, is stopped by what it inflates to', async () => {
  const zeros = Buffer.alloc(100 * 1024 * 1024, 0x20);
  for (const content of [zeros, gzipSync(gzipSync(zeros)), gzipSync(zeros)]) {
    const file = `${folder.dir}/bomb.zip`;
    await writeZip(file, [
      { name: 'a.json', bytes: Buffer.concat([Buffer.from('['), content].slice(content === zeros ? 0 : 1)) },
    ]);
    const { code, stderr } = await send(file);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/inflates to (far )?more than|it is no recording/)]);
  }
});

test('an evidence file brings its sessions under their own identities', async () => {
  for (const { head, body } of visitBatches(visitEvents({ session: 'own' }), 'own', 4))
    await post(server.url, headOf(project.writeKey, head), body);
  const profile = newFolder();
  const workstation = await openEngine({ profileDir: profile.path });
  const { id } = await workstation.call('servers.add', { url: server.url, token: project.readToken });
  await workstation.wait(await workstation.call('sync.start', { id }));
  const row = (await workstation.rows()).find(({ sessionId }) => sessionId === 'own');
  const file = `${folder.dir}/own.traceflow`;
  await workstation.exportTo(file, row?.key ?? '');
  await workstation.close();
  profile.remove();
  expect((await send(file)).stdout).toMatch(/: 0 batches stored, [1-9]\d* there already/);
  const other = await startServer((await initByCommand(`${folder.dir}/other`)).dir);
  const moved = await initByCommand(`${folder.dir}/other`, 'Second');
  const done = await runServerCommandWith({ TRACEFLOW_WRITE_KEY: moved.writeKey }, 'send', file, '--to', other.url);
  expect(done.code).toBe(0);
  const [there, here] = await Promise.all([
    readFeed(other.url, moved.readToken),
    readFeed(server.url, project.readToken),
  ]);
  expect(there.map(({ sha256 }) => sha256)).toEqual(
    here.filter((one) => one.session === 'own').map(({ sha256 }) => sha256),
  );
  await other.stop('SIGTERM');
  const bytes = await readFile(file);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  await writeFile(file, bytes);
  expect((await send(file)).code).toBe(1);
});

test('what cannot be sent is said, with the reason', async () => {
  const file = `${folder.dir}/picture.json`;
  await writeFile(file, Buffer.from([0x89, ...Buffer.from('PNG____')]));
  const picture = await send(file);
  expect([picture.code, picture.stderr]).toEqual([1, expect.stringContaining('it is a PNG picture')]);
  await writeFile(file, '{"no":"events"}');
  expect((await send(file)).stderr).toContain('no rrweb events');
  expect((await send('/nowhere')).stderr).toContain('cannot be read');
  await writeFile(file, JSON.stringify(recorded));
  const refused = await runServerCommandWith(
    { TRACEFLOW_WRITE_KEY: `tfw_${'x'.repeat(32)}` },
    'send',
    file,
    '--to',
    server.url,
  );
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('write key')]);
  expect((await get(server.url, '/v1/sessions/none', project.readToken)).status).toBe(404);
});
