import { expect, test } from 'vitest';
import { ownArguments, readOpenRequest } from '../../../main/shell/open-request.ts';

const KEY = '0123456789abcdef0123456789abcdef';

test('files are resolved against the caller’s folder, flags are skipped', () => {
  expect(readOpenRequest(['--profile=/p', 'a.json', '/b/c.traceflow', '-v'], '/home/u')).toEqual({
    files: ['/home/u/a.json', '/b/c.traceflow'],
    sessions: [],
  });
});

test('a link names a session and nothing else', () => {
  expect(readOpenRequest([`traceflow://session/${KEY}`], '/').sessions).toEqual([KEY]);
  for (const link of [
    'traceflow://import?url=http://evil',
    'traceflow://session/../../etc',
    `traceflow://session/${KEY}?x=1`,
    'file:///etc/passwd',
    'https://example.test/a.json',
  ]) {
    expect(readOpenRequest([link], '/')).toEqual({ files: [], sessions: [] });
  }
});

test('own arguments begin after the app’s folder in development and after the program when installed', () => {
  expect(ownArguments(['/usr/bin/traceflow', 'x.json'], { packaged: true, path: '/opt/app' })).toEqual(['x.json']);
  expect(ownArguments(['/e/electron', '-r', 'loader.js', '/app', 'x.json'], { packaged: false, path: '/app' })).toEqual(
    ['x.json'],
  );
  expect(ownArguments(['/e/electron'], { packaged: false, path: '/app' })).toEqual([]);
});
