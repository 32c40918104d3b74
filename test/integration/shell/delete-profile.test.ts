import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { createProfileDeletion } from '../../../main/shell/delete-profile.ts';

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'traceflow-delete-'));

/** A profile as it lies on the disk: our files, Chromium's, its locks, and a link to somebody's own file. */
function makeProfile(): { profileDir: string; outside: string } {
  const profileDir = newFolder();
  const outside = join(newFolder(), 'export.traceflow');
  writeFileSync(outside, 'kept');
  mkdirSync(join(profileDir, 'sessions'));
  for (const name of ['library.db', 'sessions/a.session', 'secrets.json', 'Preferences', 'Local State', 'lockfile'])
    writeFileSync(join(profileDir, name), name);
  symlinkSync('host-1', join(profileDir, 'SingletonLock'));
  symlinkSync(outside, join(profileDir, 'link'));
  return { profileDir, outside };
}

test('a profile is emptied but for the locks, and files elsewhere are kept', () => {
  const { profileDir, outside } = makeProfile();
  const deletion = createProfileDeletion({ profileDir, home: tmpdir() });
  deletion.begin();
  deletion.clear();
  expect(readdirSync(profileDir).sort()).toEqual(['SingletonLock', 'delete-everything', 'lockfile']);
  expect(deletion.finish()).toEqual([]);
  expect(readdirSync(profileDir).sort()).toEqual(['SingletonLock', 'lockfile']);
  expect(readdirSync(dirname(outside))).toEqual(['export.traceflow']);
});

test('what is in use is named and goes at a later start; the key Chromium has read by then stays', () => {
  const { profileDir } = makeProfile();
  let busy = true;
  const deletion = createProfileDeletion({
    profileDir,
    home: tmpdir(),
    remove: (path) => {
      if (busy && path.endsWith('library.db')) throw new Error('EBUSY: resource busy or locked');
      rmSync(path, { recursive: true, force: true });
    },
  });
  deletion.begin();
  expect(deletion.finish()).toEqual(['library.db: EBUSY: resource busy or locked']);
  expect(readdirSync(profileDir)).toContain('delete-everything');
  busy = false;
  expect(deletion.finish()).toEqual([]);
  expect(readdirSync(profileDir).sort()).toEqual(['Local State', 'SingletonLock', 'lockfile']);
});

test('nothing is deleted that nobody asked to delete', () => {
  const { profileDir } = makeProfile();
  const before = readdirSync(profileDir);
  expect(createProfileDeletion({ profileDir, home: tmpdir() }).finish()).toEqual([]);
  expect(readdirSync(profileDir)).toEqual(before);
});

test.each([
  ['the home folder', ''],
  ['a folder around it', 'ada'],
])('%s is never emptied', (_, below) => {
  const profileDir = newFolder();
  const home = join(profileDir, below);
  mkdirSync(home, { recursive: true });
  expect(() => createProfileDeletion({ profileDir, home }).begin()).toThrow(/is or holds your home folder/);
  expect(readdirSync(profileDir)).not.toContain('delete-everything');
});
