import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { controlFile } from '../../../tools/package/fpm/control-file.ts';
import { makeDebianPackage } from '../../../tools/package/fpm/debian-package.ts';
import { readFpmArguments } from '../../../tools/package/fpm/fpm-arguments.ts';
import { releaseFuses } from '../../../tools/package/release-fuses.ts';
import { notice } from '../../support/notice.ts';

const folder = mkdtempSync(join(tmpdir(), 'traceflow-fpm-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ARGUMENTS = [
  ...['-s', 'dir', '--force', '-t', 'deb', '-d', 'libnss3', '-d', 'libb | liba', '--deb-compression', 'gz'],
  ...['--architecture', 'amd64', '--description', 'Short\n Longer\n\n end', '--version', '1.0.0~beta'],
  ...['--name', 'tf', '--maintainer', 'Ann <ann@a.example>', '--url=https://a.example/?q=1', '--license', 'UNLICENSED'],
  ...['--package', join(folder, 'tf.deb'), `${folder}/app/=/opt/TF`, `${folder}/tf.desktop=/usr/share/tf.desktop`],
];

test('the command line of electron-builder is understood, and a new option is not overlooked', () => {
  const request = readFpmArguments(ARGUMENTS);
  expect(request).toMatchObject({
    target: 'deb',
    depends: ['libnss3', 'libb | liba'],
    homepage: 'https://a.example/?q=1',
    inputs: [
      { from: `${folder}/app/`, to: '/opt/TF' },
      { from: `${folder}/tf.desktop`, to: '/usr/share/tf.desktop' },
    ],
  });
  expect(() => readFpmArguments([...ARGUMENTS, '--new-thing', 'x'])).toThrow('--new-thing');
});

test('the control file follows Debian policy', () => {
  const text = controlFile(readFpmArguments(ARGUMENTS), 12);
  expect(text).toContain('Version: 1.0.0~beta\nArchitecture: amd64\nMaintainer: Ann <ann@a.example>\n');
  expect(text).toContain('Installed-Size: 12\nDepends: libnss3, libb | liba\n');
  expect(text).toMatch(/Description: Short\n Longer\n \.\n end\n$/);
});

test('what is packed can be unpacked, with modes that do not depend on the umask', () => {
  if (spawnSync('dpkg-deb', ['--version']).error) return notice('no .deb was packed: this machine has no dpkg-deb');
  mkdirSync(join(folder, 'app', 'deep'), { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, 'app', 'run'), '#!/bin/sh\n', { mode: 0o700 });
  writeFileSync(join(folder, 'app', 'deep', 'data'), 'data', { mode: 0o600 });
  symlinkSync('run', join(folder, 'app', 'link'));
  writeFileSync(join(folder, 'tf.desktop'), '[Desktop Entry]\n');
  makeDebianPackage(readFpmArguments(ARGUMENTS));
  const root = join(folder, 'unpacked');
  execFileSync('dpkg-deb', ['-x', join(folder, 'tf.deb'), root]);
  expect(statSync(join(root, 'opt/TF/run')).mode & 0o777).toBe(0o755);
  expect(statSync(join(root, 'opt/TF/deep/data')).mode & 0o777).toBe(0o644);
  expect(statSync(join(root, 'opt/TF/link')).mode & 0o777).toBe(0o755);
});

test('only a package for tests can be opened by a debugger', () => {
  expect(releaseFuses(false)).toMatchObject({ runAsNode: false, enableNodeCliInspectArguments: false });
  expect(releaseFuses(true)).toMatchObject({ runAsNode: false, enableNodeCliInspectArguments: true });
});
