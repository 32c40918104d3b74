import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { cacheFolder, makeAtomically } from '../../../tools/setup/cache-folder.ts';
import { runsTypeScript } from '../../../tools/setup/find-node.mjs';
import { findProgram } from '../../../tools/setup/find-program.ts';
import { needsOwnBinding } from '../../../tools/setup/native/sqlite-binding.ts';
import { runtimeEnv } from '../../../tools/setup/runtime.ts';
import { missingLibraries, packagesFor } from '../../../tools/setup/system/libraries.ts';
import { missingCompilers, missingPrograms } from '../../../tools/setup/system/needs.ts';

const folder = mkdtempSync(join(tmpdir(), 'traceflow-setup-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['18.20.0', false],
  ['20.20.2', false],
  ['22.17.0', false],
  ['22.18.0', true],
  ['23.5.0', false],
  ['23.6.0', true],
  ['24.0.0', true],
  ['26.1.0', true],
])('Node %s runs TypeScript as it is: %s', (version, runs) => expect(runsTypeScript(version)).toBe(runs));

test('only a runtime below Node-API 10 needs a binding of its own', () => {
  expect([9, 10, 11].map(needsOwnBinding)).toEqual([true, false, false]);
});

test('the binding is handed over only when there is one', () => {
  const runtime = { executable: '/r/electron', version: '33.2.1', napi: 9, nativeBinding: '/c/sqlite.node' };
  expect(runtimeEnv(runtime)).toMatchObject({
    ELECTRON_OVERRIDE_DIST_PATH: '/r',
    TRACEFLOW_SQLITE_BINDING: '/c/sqlite.node',
  });
  expect(runtimeEnv({ ...runtime, nativeBinding: null })).not.toHaveProperty('TRACEFLOW_SQLITE_BINDING');
});

test('absent libraries are read from ldd and named by package', () => {
  const ldd = '\tlibgtk-3.so.0 => not found\n\tlibc.so.6 => /lib/libc.so.6 (0x1)\n\tlibgbm.so.1 => not found\n';
  expect(missingLibraries(ldd)).toEqual(['libgbm.so.1', 'libgtk-3.so.0']);
  expect(packagesFor(['libgbm.so.1', 'libgtk-3.so.0'])).toEqual([['libgbm1'], ['libgtk-3-0t64', 'libgtk-3-0']]);
  expect(() => packagesFor(['libnew.so.9'])).toThrow('libnew.so.9');
});

test('programs are found on the path, and only those that can be run', () => {
  writeFileSync(join(folder, 'runs'), '');
  chmodSync(join(folder, 'runs'), 0o755);
  writeFileSync(join(folder, 'does-not'), '');
  expect(findProgram(['does-not', 'runs'], `/nowhere:${folder}`)).toBe(join(folder, 'runs'));
  expect(findProgram(['does-not'], folder)).toBeNull();
});

test('a bare machine needs a screen only where there is none, and a browser only for tests', () => {
  const bare = { PATH: folder };
  expect(missingPrograms('start', { ...bare, DISPLAY: ':0' })).toEqual([]);
  expect(missingPrograms('start', bare)).toEqual([['xvfb'], ['xauth']]);
  expect(missingPrograms('test', bare)).toContainEqual(['chromium', 'chromium-browser']);
  expect(missingCompilers(bare)).toEqual([['python3'], ['make'], ['g++']]);
});

test('what is made atomically is whole, and a maker that fails leaves nothing', async () => {
  const cache = cacheFolder({ XDG_CACHE_HOME: join(folder, 'cache') });
  const target = join(cache, 'thing');
  const make = (text: string) => async (scratch: string) => {
    mkdirSync(join(scratch, 'made'));
    writeFileSync(join(scratch, 'made', 'file'), text);
    return join(scratch, 'made');
  };
  await expect(makeAtomically(target, () => Promise.reject(new Error('no network')))).rejects.toThrow('no network');
  expect(readdirSync(cache)).toEqual([]);
  await makeAtomically(target, make('first'));
  await makeAtomically(target, make('second')); // another process came first: no error, and its work stays
  expect(readdirSync(cache)).toEqual(['thing']);
  expect(readdirSync(target)).toEqual(['file']);
});
