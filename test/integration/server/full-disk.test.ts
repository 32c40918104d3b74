import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { deriveSession } from '../../../shared/facts/index.ts';
import { mergeEvents } from '../../../shared/formats/rrweb/chunk-events.ts';
import { ServerSessionFacts } from '../../../shared/wire/server-session.ts';
import { notice } from '../../support/notice.ts';
import { get, headOf, post, readFeed, sha256 } from './support/client.ts';
import { initByCommand, startServer, temporaryFolder } from './support/server-process.ts';
import { visitBatches, visitEvents } from './support/visit.ts';

const NAMESPACE = ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c'];
const inNamespace = (script: string): string[] => [...NAMESPACE, script];

/** A disk of our own, of 4 MB, seen by the server alone. Needs user namespaces. */
function canMount(dir: string): boolean {
  const [command = '', ...args] = inNamespace(`mount -t tmpfs -o size=4m tmpfs '${dir}'`);
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch (error) {
    notice(`full disk: not tested, this system lets nobody mount a small disk (${String(error).split('\n')[0]})`);
    return false;
  }
}

test('at a full disk a batch is refused as such and leaves nothing; with room again the next is kept', async () => {
  const { dir, remove } = await temporaryFolder();
  const made = await temporaryFolder();
  if (canMount(dir)) await fillUp(dir, made.dir);
  await made.remove();
  await remove();
});

test('a processor that finds no room waits: no session is given up, and with room again all are derived', async () => {
  const { dir, remove } = await temporaryFolder();
  const made = await temporaryFolder();
  if (canMount(dir)) await fillWithVisits(dir, made.dir);
  await made.remove();
  await remove();
});

async function startOnSmallDisk(dir: string, made: string) {
  const { writeKey, readToken } = await initByCommand(made);
  // The folder's first content comes from outside; a ballast of 1 MB is what is given back later.
  const script = `mount -t tmpfs -o size=4m tmpfs '${dir}' && cp -r '${made}/.' '${dir}' && head -c 1000000 /dev/zero > '${dir}/ballast' && exec "$0" "$@"`;
  const server = await startServer(dir, inNamespace(script));
  const makeRoom = (): void => {
    execFileSync('rm', [`/proc/${server.child.pid}/root${dir}/ballast`]);
  };
  return { server, writeKey, readToken, makeRoom };
}

async function fillWithVisits(dir: string, made: string): Promise<void> {
  const { server, writeKey, readToken, makeRoom } = await startOnSmallDisk(dir, made);
  const { url } = server;
  // Noise as events that can be read, in ever smaller batches until not one of a kilobyte has room, with visits in between.
  const kept: string[] = [];
  let sent = 0;
  const sendVisit = async (): Promise<number> => {
    sent += 1;
    const session = `visit-${sent}`;
    const [batch] = visitBatches(visitEvents({ session }), session, 1000);
    const { status } = await post(url, headOf(writeKey, batch?.head), batch?.body ?? '');
    if (status === 200) kept.push(session);
    return status;
  };
  let first = 0;
  const sendNoise = async (bytes: number): Promise<number> => {
    first += 1;
    const body = JSON.stringify([{ type: 5, timestamp: 1, data: { x: randomBytes(bytes / 2).toString('hex') } }]);
    return (await post(url, headOf(writeKey, { session: 'noise', first, count: 1 }), body)).status;
  };
  for (let at = 0; at < 20; at += 1) expect(await sendVisit()).toBe(200);
  for (const bytes of [60_000, 8000, 1000]) while ((await sendNoise(bytes)) === 200);
  while ((await sendVisit()) === 200);
  await expect.poll(() => server.log(), { timeout: 30_000 }).toContain('The processor cannot go on; it tries again.');
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect(await sendNoise(60_000)).toBe(507);
  makeRoom();
  const derived = async (session: string): Promise<unknown> => {
    const response = await get(url, `/v1/sessions/${session}`, readToken);
    return response.status === 200 ? ServerSessionFacts.parse(await response.json()) : undefined;
  };
  for (const session of kept) {
    const { signals } = deriveSession(mergeEvents([visitEvents({ session })]));
    await expect
      .poll(() => derived(session), { timeout: 60_000 })
      .toMatchObject({ session: { session }, facts: JSON.parse(JSON.stringify(signals)), deadLetters: [] });
  }
  expect(await server.stop('SIGTERM')).toBe(0);
}

async function fillUp(dir: string, made: string): Promise<void> {
  const { server, writeKey, readToken, makeRoom } = await startOnSmallDisk(dir, made);
  const kept = new Map<string, string>();
  let first = 0;
  const send = async (): Promise<Response> => {
    first += 2;
    const body = Buffer.from(`[${randomBytes(60_000).toString('latin1')}`, 'latin1');
    const response = await post(server.url, headOf(writeKey, { first }), body);
    if (response.status === 200) kept.set(String(first), sha256(body));
    return response;
  };
  let full = await send();
  while (full.status === 200) full = await send();
  expect(full.status).toBe(507);
  expect(await full.json()).toMatchObject({ code: 'storage-full' });
  for (let more = 0; more < 5; more += 1) expect((await send()).status).toBe(507);
  expect((await fetch(`${server.url}/v1/health`)).status).toBe(200);
  const feed = async () =>
    new Map((await readFeed(server.url, readToken)).map((one) => [String(one.firstSeq), one.sha256]));
  // The index may lack the room to follow; what it shows is true, and the rest appears later.
  const shown = await feed();
  expect([...shown].filter(([seq, hash]) => kept.get(seq) !== hash)).toEqual([]);
  makeRoom();
  expect((await send()).status).toBe(200);
  expect(await feed()).toEqual(kept);
  expect(await server.stop('SIGTERM')).toBe(0);
}
