import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '../engine/support/engine.ts';
import { newFolder, temporaryFolder } from '../engine/support/profile.ts';
import { fileWith, recording } from '../engine/support/recordings.ts';
import { canMount, inOwnMounts } from './support/odd-disk.ts';
import { expectKept, type ProfileSnapshot, snapshotOf } from './support/profile-snapshot.ts';

const CLI = `"${process.execPath}" "${join(import.meta.dirname, '..', '..', '..', 'main', 'cli', 'traceflow.ts')}"`;
const mountable = canMount();
const home = newFolder();
const stored = join(home.path, 'stored');
let before: ProfileSnapshot;

beforeAll(async () => {
  const test = await openEngine({ profileDir: stored });
  const file = fileWith(home.path, 'stored.json', JSON.stringify(recording(900, 'stored '.repeat(40))));
  expect((await test.importFiles(file)).state).toBe('done');
  await test.close();
  before = snapshotOf(stored);
});
afterAll(home.remove);

/** A recording that does not shrink, of about `bytes`. */
const bigRecording = (bytes: number): string =>
  JSON.stringify(
    recording(0).concat(
      Array.from({ length: Math.ceil(bytes / 20_000) }, (_, index) => ({
        type: 5,
        timestamp: 1_700_000_001_000 + index,
        data: { tag: 't', payload: randomBytes(15_000).toString('base64') },
      })),
    ),
  );

describe.runIf(mountable)('a disk', () => {
  it('that is full in the middle of an import: the file is named, all before is as it was, with room again it goes in', async () => {
    const disk = join(temporaryFolder(), 'disk');
    const out = temporaryFolder();
    mkdirSync(disk);
    const big = fileWith(out, 'big.json', bigRecording(3_000_000));
    const said = await inOwnMounts(
      `mount -t tmpfs -o size=5m tmpfs "$DISK" && cp -r "$STORED/." "$DISK" && head -c 3500000 /dev/zero > "$DISK/ballast"
       ${CLI} import "$BIG" --profile "$DISK"; echo "import ended $?"
       mkdir "$OUT/after" && cp -r "$DISK/library.db"* "$DISK/sessions" "$OUT/after"
       ${CLI} list --profile "$DISK"; echo "list ended $?"
       rm "$DISK/ballast"; ${CLI} import "$BIG" --profile "$DISK"; echo "import ended $?"
       mkdir "$OUT/room" && cp -r "$DISK/library.db"* "$DISK/sessions" "$OUT/room"`,
      { DISK: disk, STORED: stored, BIG: big, OUT: out },
    );
    expect(said).toMatch(
      /^big\.json was not imported: .* could not be written: the disk is full\. Free some space and try again\.$/m,
    );
    expect(said.match(/(import|list) ended \d/g)).toEqual(['import ended 1', 'list ended 0', 'import ended 0']);
    expect(expectKept(before, snapshotOf(join(out, 'after')))).toBe(0);
    expect(expectKept(before, snapshotOf(join(out, 'room')))).toBe(1);
  });

  it.each([
    [
      'full',
      'mount -t tmpfs -o size=2m tmpfs "$DISK" && cp -r "$STORED/." "$DISK"; cat /dev/zero > "$DISK/ballast" 2>/dev/null',
      'the disk is full. Free some space and try again.',
    ],
    [
      'read-only',
      'cp -r "$STORED/." "$DISK" && mount --bind "$DISK" "$DISK" && mount -o remount,ro,bind "$DISK"',
      'the disk or the folder is read-only. Make it writable, or choose another folder.',
    ],
  ])('that is %s when the program starts: it says so, and changes nothing', async (_, mount, why) => {
    const disk = join(temporaryFolder(), 'disk');
    const out = temporaryFolder();
    mkdirSync(disk);
    const said = await inOwnMounts(
      `${mount}\n${CLI} list --profile "$DISK"; echo "list ended $?"; cp -r "$DISK/library.db" "$DISK/sessions" "$OUT"`,
      { DISK: disk, STORED: stored, OUT: out },
    );
    expect(said).toContain(`The profile ${disk} cannot be opened: ${why}\n`);
    expect(said).toContain('list ended 1');
    expect(expectKept(before, snapshotOf(out))).toBe(0);
  });
});

it('a second program on the same profile is told who has it, and the first goes on', async () => {
  const profileDir = join(temporaryFolder(), 'profile');
  cpSync(stored, profileDir, { recursive: true });
  const first = await openEngine({ profileDir });
  const said = await new Promise<string>((done) => {
    execFile('sh', ['-c', `${CLI} list --profile "${profileDir}"; echo "ended $?"`], (_error, out, error) =>
      done(out + error),
    );
  });
  expect(said).toContain(
    `The profile ${profileDir} is in use by another TRACEFLOW. Close it, or choose another profile.\n`,
  );
  expect(said).toContain('ended 1');
  expect(expectKept(before, snapshotOf(profileDir))).toBe(0);
  expect(await first.rows()).toHaveLength(1);
  await first.close();
});
