import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { notice } from '../../support/notice.ts';
import { headOf, post, readFeed, sha256 } from './support/client.ts';
import { initByCommand, startServer, temporaryFolder } from './support/server-process.ts';

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

async function fillUp(dir: string, made: string): Promise<void> {
  const { writeKey, readToken } = await initByCommand(made);
  // The folder's first content comes from outside; a ballast of 1 MB is what is given back later.
  const script = `mount -t tmpfs -o size=4m tmpfs '${dir}' && cp -r '${made}/.' '${dir}' && head -c 1000000 /dev/zero > '${dir}/ballast' && exec "$0" "$@"`;
  const server = await startServer(dir, inNamespace(script));
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
  execFileSync('rm', [`/proc/${server.child.pid}/root${dir}/ballast`]);
  expect((await send()).status).toBe(200);
  expect(await feed()).toEqual(kept);
  expect(await server.stop('SIGTERM')).toBe(0);
}
