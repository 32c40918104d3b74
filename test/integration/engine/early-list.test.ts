import { appendFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openEarlyList } from '../../../main/engine/store/early-list.ts';
import { openStore } from '../../../main/engine/store/store.ts';
import { openWriter } from '../../../shared/node/sqlite.ts';
import { chunkOf, keyOf } from './support/chunks.ts';
import { temporaryFolder } from './support/profile.ts';

const LIST = { search: '', sort: 'startedAt', descending: true, offset: 0, limit: 50 } as const;

/** A profile with some sessions, left as a program leaves it that was closed. @returns what its list shows */
async function closedProfile() {
  const profileDir = temporaryFolder();
  const store = openStore({ profileDir, now: 1 });
  for (const name of ['one', 'two', 'three']) {
    store.beginImport({ key: keyOf(name), source: `file:${name}`, sessionId: name });
    store.appendImport({ key: keyOf(name), chunks: [chunkOf('g', 0)] });
    await store.commitImport({ key: keyOf(name), notice: null });
  }
  const shown = store.list(LIST);
  store.close();
  return { profileDir, shown, file: join(profileDir, 'library.db') };
}

it('shows what the store shows, before it and beside it', async () => {
  const { profileDir, shown } = await closedProfile();
  const early = openEarlyList({ profileDir });
  expect(early?.list(LIST)).toEqual(shown);
  const store = openStore({ profileDir, now: 2 });
  expect(early?.list({ ...LIST, search: 'two' })).toEqual(store.list({ ...LIST, search: 'two' }));
  early?.close();
  store.remove({ keys: [keyOf('two')] });
  expect(store.list(LIST).total).toBe(2);
  store.close();
});

it('leaves a library to the store that is new, in use, not closed, older, newer or damaged', async () => {
  expect(openEarlyList({ profileDir: temporaryFolder() })).toBeNull();
  expect(openEarlyList({ profileDir: join(temporaryFolder(), 'nothing here') })).toBeNull();

  const used = await closedProfile();
  const store = openStore({ profileDir: used.profileDir, now: 2 });
  expect(openEarlyList(used)).toBeNull();
  store.close();
  openEarlyList(used)?.close();

  for (const version of [0, 10_000]) {
    const other = await closedProfile();
    const db = openWriter({ file: other.file });
    db.exec(`PRAGMA user_version = ${version}`);
    db.close();
    expect(openEarlyList(other)).toBeNull();
  }

  const torn = await closedProfile();
  truncateSync(torn.file, 100);
  expect(openEarlyList(torn)).toBeNull();
  const foreign = await closedProfile();
  writeFileSync(foreign.file, 'not a database');
  appendFileSync(foreign.file, Buffer.alloc(8192, 7));
  expect(openEarlyList(foreign)).toBeNull();
});
