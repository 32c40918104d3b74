import { readFile, writeFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { get } from './support/client.ts';
import { initByCommand, runServerCommand, startServer, temporaryFolder } from './support/server-process.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

test('keys are made, listed and revoked by commands while the server runs, and the log tells of it', async () => {
  const { dir } = folder;
  await initByCommand(dir);
  const server = await startServer(dir);
  const run = async (...args: string[]) => (await runServerCommand('--dir', dir, ...args)).stdout;
  const made = await run('keys', 'add', '--role', 'admin', '--label', 'Ann', '--days', '30');
  const [token = '', id = ''] = [/tfr_\w+/.exec(made)?.[0], /\((\w{12}) of/.exec(made)?.[1]];
  expect((await get(server.url, '/v1/audit', token)).status).toBe(200);
  expect(await run('keys', 'list')).toMatch(new RegExp(`${id}\tp_\\w+\tadmin\texpires \\S+\tAnn`));
  expect(await run('keys', 'revoke', id)).toContain(id);
  expect((await get(server.url, '/v1/audit', token)).status).toBe(401);
  expect(await run('keys', 'list')).toMatch(new RegExp(`${id}\t.*\trevoked `));
  const log = await runServerCommand('--dir', dir, 'audit');
  expect(log.code).toBe(0);
  expect(log.stdout.match(/command\t[a-z ]+/g)).toEqual(
    ['history begun', 'project made', 'write key made', 'analyst token made', 'admin token made', 'revoked'].map(
      (what) => `command\t${what}`,
    ),
  );
  expect(log.stdout).not.toContain(token.slice(4));
  await server.stop('SIGTERM');
});

test('an entry that was changed with a fitting check sum is noticed', async () => {
  const { dir } = folder;
  await initByCommand(dir, 'Honest');
  const file = `${dir}/accounts.tfj`;
  const bytes = await readFile(file);
  const name = bytes.indexOf('Honest');
  bytes.write('Forged', name);
  const salt = bytes.subarray(8, 16);
  const head = bytes.lastIndexOf(salt, name);
  const metaBytes = bytes.readUInt32LE(head + 16);
  const record = bytes.subarray(head, head + 60 + metaBytes);
  record.writeUInt32LE(crc32(record.subarray(60), crc32(record.subarray(0, 56))), 56);
  await writeFile(file, bytes);
  const log = await runServerCommand('--dir', dir, 'audit');
  expect(log.stdout).toContain('project made');
  expect(log.code).toBe(1);
  expect(log.stderr).toContain('changed, removed or moved');
});

test.each([
  [['keys', 'add', '--role', 'king'], 2],
  [['keys', 'add', '--days', '0'], 2],
  [['keys', 'add', '--origin', 'shop'], 1],
  [['keys', 'add', '--project', 'p_none'], 1],
  [['keys', 'revoke', 'none'], 1],
  [['keys', 'revoke'], 2],
])('%j ends with %i and a reason', async (args, code) => {
  await initByCommand(folder.dir);
  const done = await runServerCommand('--dir', folder.dir, ...args);
  expect([done.code, done.stderr === '']).toEqual([code, false]);
});
