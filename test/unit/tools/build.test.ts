import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { withBuildLock } from '../../../tools/build/build-lock.ts';
import { inputHash } from '../../../tools/build/input-hash.ts';
import { electronArguments, readStartRequest } from '../../../tools/start/app-arguments.ts';

const folder = mkdtempSync(join(tmpdir(), 'traceflow-build-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the digest follows names and contents, not dates or build results', () => {
  const source = join(folder, 'src', 'deep', 'a.ts');
  mkdirSync(join(folder, 'src', 'deep'), { recursive: true });
  writeFileSync(source, 'one');
  const first = inputHash(folder, ['src', 'absent']);
  utimesSync(source, 1, 1);
  mkdirSync(join(folder, 'src', 'dist'));
  writeFileSync(join(folder, 'src', 'dist', 'bundle.js'), 'built');
  expect(inputHash(folder, ['src', 'absent'])).toBe(first);
  writeFileSync(source, 'two');
  const second = inputHash(folder, ['src', 'absent']);
  expect(second).not.toBe(first);
  writeFileSync(join(folder, 'src', 'b.ts'), '');
  expect(inputHash(folder, ['src', 'absent'])).not.toBe(second);
});

test('two builds of one checkout never overlap', async () => {
  const lock = join(folder, 'lock');
  let inside = 0;
  let most = 0;
  const body = async (): Promise<void> => {
    inside++;
    most = Math.max(most, inside);
    await new Promise((next) => setImmediate(next));
    inside--;
  };
  await Promise.all([1, 2, 3].map(() => withBuildLock(lock, body)));
  expect(most).toBe(1);
  expect(existsSync(lock)).toBe(false);
});

test('the lock of a process that has died is taken over, and a failed build gives its own back', async () => {
  const lock = join(folder, 'dead');
  writeFileSync(lock, '2147483646'); // no process has this id
  await expect(withBuildLock(lock, () => Promise.reject(new Error('broken source')))).rejects.toThrow('broken source');
  expect(existsSync(lock)).toBe(false);
});

test('npm start sorts its arguments', () => {
  expect(readStartRequest(['--once', 'a.json'])).toEqual({ headlessDemo: null, once: true, forApp: ['a.json'] });
  expect(readStartRequest(['--headless-demo', '--seed', '7'])).toEqual({
    headlessDemo: ['--seed', '7'],
    once: false,
    forApp: [],
  });
});

test('switches are added only where they are needed', () => {
  const place = { display: true, root: false, screenshot: '/s.png' };
  expect(electronArguments('/app', place, ['a.json'])).toEqual(['/app', 'a.json']);
  const bare = electronArguments('/app', { ...place, display: false, root: true }, []);
  expect(bare).toContain('--no-sandbox');
  expect(bare).toContain('--use-angle=swiftshader');
  expect(bare.indexOf('/app')).toBeLessThan(bare.indexOf('--screenshot=/s.png'));
});
