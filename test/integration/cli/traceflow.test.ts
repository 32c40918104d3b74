import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startFeedServer } from '../engine/support/feed-server.ts';
import { fileWith, recording } from '../engine/support/recordings.ts';

const CLI = join(import.meta.dirname, '..', '..', '..', 'main', 'cli', 'traceflow.ts');
const folder = mkdtempSync(join(tmpdir(), 'traceflow-cli-'));
const profile = join(folder, 'profile');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

const run = (args: readonly string[], env: Record<string, string> = {}): Promise<Ran> =>
  new Promise((done) => {
    execFile(process.execPath, [CLI, ...args], { env: { ...process.env, ...env } }, (error, out, stderr) => {
      done({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, error: stderr });
    });
  });

const here = (...args: string[]) => run([...args, '--profile', profile]);

describe('traceflow', () => {
  it('imports, lists, shows, diagnoses, exports, and takes its own export in', async () => {
    const file = fileWith(folder, 'visit.json', JSON.stringify(recording(2)));
    const imported = await here('import', file);
    expect(imported).toMatchObject({ code: 0, error: '' });
    const key = imported.out.trim().split('\n').at(-1) ?? '';
    expect(key).toMatch(/^[0-9a-f]{32}$/);
    expect((await here('list')).out).toContain(`${key}  2023-11-14 22:13:20`);
    expect((await here('list', '--search', 'nowhere')).out).toBe('');
    const rows = JSON.parse((await here('list', '--json')).out) as { total: number; rows: { key: string }[] };
    expect([rows.total, rows.rows[0]?.key]).toEqual([1, key]);
    expect((await here('show', key)).out).toContain('entryUrl: https://shop.example/cart');
    const [summary] = (await here('diagnose', key)).out.split('\n');
    expect(summary).toMatch(/nothing wrong found/);
    expect((await here('diagnose', file)).out.split('\n')[0]).toBe(summary);
    const evidence = join(folder, 'visit.traceflow');
    expect(await here('export', key, '--output', evidence)).toMatchObject({ code: 0 });
    const fresh = await run(['import', evidence, '--profile', join(folder, 'fresh'), '--json']);
    expect(JSON.parse(fresh.out)).toMatchObject({ message: '1 session imported.' });
  });

  it('syncs with a token from the command line or the environment, and keeps it in a file of its own', async () => {
    const feed = await startFeedServer();
    feed.add('s', 0);
    const synced = await here('sync', '--url', feed.url, '--token', feed.token);
    expect(synced).toMatchObject({ code: 0, out: expect.stringContaining('1 session updated') });
    if (process.platform !== 'win32') expect(statSync(join(profile, 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(profile, 'secrets.json'), 'utf8')).toContain(`plain:${feed.token}`);
    feed.add('s', 2);
    expect((await here('sync')).out).toContain('1 chunks fetched');
    expect(
      (await run(['sync', '--url', feed.url, '--profile', join(folder, 'env')], { TRACEFLOW_TOKEN: feed.token })).code,
    ).toBe(0);
    const refused = await here('sync', '--url', feed.url, '--token', 'wrong');
    expect(refused).toMatchObject({ code: 1, error: expect.stringContaining('refused the token') });
    await feed.close();
  });

  it.each([
    [['import', '/no/such/file.json'], 1, 'there is no such file'],
    [['show', '0'.repeat(32)], 1, 'There is no session'],
    [['show', 'nonsense'], 1, 'is not the key of a session'],
    [['export', '0'.repeat(32)], 2, '--output'],
    [['list', '--limit', 'many'], 2, 'whole number'],
    [['launch'], 2, 'unknown command'],
    [['import'], 2, 'missing required argument'],
    [[], 2, 'Usage'],
  ])('%j ends with %d and says why', async (args, code, why) => {
    const ran = await here(...args);
    expect(ran.code).toBe(code);
    expect(ran.error).toContain(why);
    expect(ran.out).toBe('');
  });

  it('prints its help and ends well', async () => {
    expect(await run(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('diagnose') });
  });

  it('does not drive the terminal with recorded text', async () => {
    const events = recording(1).map((event) =>
      event.type === 4 ? { ...event, data: { href: 'http://x/\u001b[2J\u0007', width: 1, height: 1 } } : event,
    );
    const target = join(folder, 'escape');
    await run(['import', fileWith(folder, 'e.json', JSON.stringify(events)), '--profile', target]);
    const { out } = await run(['list', '--profile', target]);
    expect([...out].filter((character) => character < ' ' && character !== '\n')).toEqual([]);
  });

  it('is interrupted without harm', async () => {
    const target = join(folder, 'interrupted');
    const files = Array.from({ length: 20 }, (_, index) =>
      fileWith(folder, `i${index}.json`, JSON.stringify(recording(500, `${index}`.repeat(200)))),
    );
    const child = spawn(process.execPath, [CLI, 'import', ...files, '--profile', target], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let error = '';
    child.stderr.on('data', (bytes: Buffer) => {
      error += bytes.toString();
    });
    const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
    const { existsSync } = await import('node:fs');
    while (!existsSync(join(target, 'library.db-wal'))) await new Promise((next) => setTimeout(next, 5));
    child.kill('SIGINT');
    expect(await ended).toBe(1);
    expect(error).toContain('Cancelled');
    expect((await run(['list', '--profile', target])).code).toBe(0);
  });
});
