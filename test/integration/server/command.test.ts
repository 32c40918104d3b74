import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { get, headOf, post } from './support/client.ts';
import { initByCommand, runServerCommand, startServer, temporaryFolder } from './support/server-process.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

test('init prints URL, key, token and the lines to paste', async () => {
  const args = ['init', '--dir', folder.dir, '--name', 'My shop', '--url', 'https://tf.example'];
  const { code, stdout } = await runServerCommand(...args);
  expect(code).toBe(0);
  expect(stdout).toMatch(/My shop \(p_\w+\)/);
  const [key] = /tfw_\w{32}/.exec(stdout) ?? [];
  expect(stdout).toContain('import { init } from "https://tf.example/sdk/v1/traceflow.js";');
  expect(stdout).toContain(`init({ server: "https://tf.example", key: "${key}" });`);
});

test.each([
  [['--port', 'many'], 2],
  [['--port', '70000'], 2],
  [['init', '--url', 'ftp://x'], 2],
  [['unknown'], 2],
  [['--unknown'], 2],
  [['keys'], 2],
  [['--help'], 0],
  [['--version'], 0],
  [['--dir', 'does-not-exist'], 1],
  [['keys', 'add', '--dir', 'does-not-exist'], 1],
])('%j ends with %i', async (args, expected) => {
  const { code, stderr, stdout } = await runServerCommand(...args);
  expect(code).toBe(expected);
  expect(expected === 0 ? stdout : stderr).not.toBe('');
});

test('a key added while the server runs works at once, and each kind only for its use', async () => {
  const { dir } = folder;
  await initByCommand(dir);
  const server = await startServer(dir);
  const write = /tfw_\w+/.exec((await runServerCommand('keys', 'add', '--dir', dir)).stdout)?.[0] ?? '';
  const read = /tfr_\w+/.exec((await runServerCommand('--dir', dir, 'keys', 'add', '--read')).stdout)?.[0] ?? '';
  expect((await post(server.url, headOf(write), '[1,2]')).status).toBe(200);
  expect((await get(server.url, '/v1/project', read)).status).toBe(200);
  expect((await get(server.url, '/v1/project', write)).status).toBe(401);
  expect((await post(server.url, headOf(read), '[1,2]')).status).toBe(401);
  await server.stop('SIGTERM');
});

test('with two projects a new key needs to know which', async () => {
  const { dir } = folder;
  await initByCommand(dir, 'One');
  await initByCommand(dir, 'Two');
  const unclear = await runServerCommand('keys', 'add', '--dir', dir);
  expect(unclear.code).toBe(1);
  const [id = ''] = /p_\w+(?= \(Two\))/.exec(unclear.stderr) ?? [];
  expect((await runServerCommand('keys', 'add', '--dir', dir, '--project', id)).code).toBe(0);
  expect((await runServerCommand('keys', 'add', '--dir', dir, '--project', 'p_none')).code).toBe(1);
});

test('a second server on the same folder is refused, and may start when the first was killed', async () => {
  const { dir } = folder;
  await initByCommand(dir);
  const first = await startServer(dir);
  const second = await runServerCommand('--dir', dir, '--port', '0');
  expect(second.code).toBe(1);
  expect(second.stderr).toContain('already running');
  await first.stop('SIGKILL');
  const third = await startServer(dir);
  expect(await third.stop('SIGTERM')).toBe(0);
});

test('neither keys nor tokens nor bodies lie in the folder or the log as they are', async () => {
  const { dir } = folder;
  const { writeKey, readToken } = await initByCommand(dir);
  const server = await startServer(dir);
  await post(server.url, headOf(writeKey), '["planted-body",2]');
  await post(server.url, headOf(writeKey, { first: 'x' }), '[1]');
  await post(server.url, headOf(`${writeKey.slice(0, -1)}!`), '[1]');
  await get(server.url, '/v1/project', readToken);
  await server.stop('SIGTERM');
  for (const name of await readdir(dir, { recursive: true })) {
    const path = join(dir, name);
    if (!(await stat(path)).isFile()) continue;
    const bytes = await readFile(path);
    expect(bytes.includes(writeKey), name).toBe(false);
    expect(bytes.includes(readToken), name).toBe(false);
  }
  for (const secret of [writeKey.slice(4), readToken.slice(4), 'planted-body'])
    expect(server.log()).not.toContain(secret);
  expect((await stat(dir)).mode & 0o777).toBe(0o700);
});
