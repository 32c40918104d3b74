import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openEngine } from '../engine/support/engine.ts';
import { newFolder } from '../engine/support/profile.ts';
import { gzipBatch, headOf, post, readChanges, readChunk, readFeed, sha256 } from './support/client.ts';
import { initByCommand, runServerCommand, startServer, temporaryFolder } from './support/server-process.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

test('a backup made while pages send holds all that was acknowledged before, and workstations notice when it was put back', async () => {
  const dir = `${folder.dir}/live`;
  const { writeKey, readToken } = await initByCommand(dir);
  const server = await startServer(dir);
  const acknowledged = new Map<string, string>();
  let isOver = false;
  const write = async (generation: string): Promise<void> => {
    for (let first = 0; !isOver; first += 2) {
      const body = gzipBatch(`${generation} ${first} ${'x'.repeat(2000)}`);
      expect((await post(server.url, headOf(writeKey, { generation, first }), body)).status).toBe(200);
      acknowledged.set(`${generation}/${first}`, sha256(body));
    }
  };
  const writers = ['g1', 'g2', 'g3'].map(write);
  await expect.poll(() => acknowledged.size, { timeout: 60_000 }).toBeGreaterThan(30);
  const before = new Map(acknowledged);
  const backup = `${folder.dir}/backup`;
  const made = await runServerCommand('--dir', dir, 'backup', backup);
  expect([made.code, made.stdout]).toEqual([0, expect.stringContaining('files')]);
  expect((await runServerCommand('--dir', dir, 'backup', backup)).code).toBe(1);
  isOver = true;
  await Promise.all(writers);

  const profile = newFolder();
  const workstation = await openEngine({ profileDir: profile.path });
  const { id } = await workstation.call('servers.add', { url: server.url, token: readToken });
  const sync = async () => workstation.wait(await workstation.call('sync.start', { id }));
  await sync();
  const port = Number(new URL(server.url).port);
  expect(await server.stop('SIGTERM')).toBe(0);

  const restored = `${folder.dir}/restored`;
  expect((await runServerCommand('--dir', restored, 'restore', backup)).code).toBe(0);
  const again = await startServer(restored, [], port);
  const kept = new Map((await readFeed(again.url, readToken)).map((one) => [`${one.generation}/${one.firstSeq}`, one]));
  for (const [name, hash] of before) {
    const change = kept.get(name);
    expect(change?.sha256, name).toBe(hash);
    expect(sha256(await readChunk(again.url, readToken, change?.seq ?? 0))).toBe(hash);
  }
  // More than was lost comes in before the next sync: without a new history the cursor would hide it.
  const lost = acknowledged.size - kept.size;
  for (let at = 0; at <= lost; at += 1)
    await post(
      again.url,
      headOf(writeKey, { session: 'after', generation: 'g9', first: at, count: 1 }),
      gzipBatch(`${at}`),
    );
  expect((await sync()).message).toContain('new history');
  const after = (await workstation.rows()).find(({ sessionId }) => sessionId === 'after');
  expect(after?.events).toBe(lost + 1);
  await workstation.close();
  profile.remove();
  expect(await again.stop('SIGTERM')).toBe(0);
});

test('what was erased stays erased in a backup made after it, and a damaged backup is refused', async () => {
  const dir = `${folder.dir}/live`;
  const { writeKey, readToken } = await initByCommand(dir);
  const server = await startServer(dir);
  for (const session of ['gone', 'stays']) await post(server.url, headOf(writeKey, { session }), gzipBatch(session));
  await server.stop('SIGTERM');
  await runServerCommand('--dir', dir, 'erase', '--session', 'gone');
  const backup = `${folder.dir}/backup`;
  await runServerCommand('--dir', dir, 'backup', backup);
  const restored = `${folder.dir}/restored`;
  expect((await runServerCommand('--dir', dir, 'restore', backup)).stderr).toContain('not empty');
  expect((await runServerCommand('--dir', restored, 'restore', backup)).code).toBe(0);
  const again = await startServer(restored);
  expect((await readChanges(again.url, readToken)).map(({ kind, session }) => `${kind} ${session}`)).toEqual([
    'chunk stays',
    'erased gone',
  ]);
  expect((await post(again.url, headOf(writeKey, { session: 'gone', first: 10 }), '[1]')).status).toBe(410);
  await again.stop('SIGTERM');

  await appendFile(`${backup}/journal/00000001.tfj`, 'x');
  const other = `${folder.dir}/other`;
  const refused = await runServerCommand('--dir', other, 'restore', backup);
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('journal/00000001.tfj is not as it was')]);
  const manifest = (await readFile(`${backup}/backup.json`, 'utf8')).replace('accounts.tfj', '../../evil.tfj');
  await writeFile(`${backup}/backup.json`, manifest);
  expect((await runServerCommand('--dir', other, 'restore', backup)).stderr).toContain('damaged');
  expect((await runServerCommand('--dir', other, 'restore', folder.dir)).stderr).toContain('no backup');
});
