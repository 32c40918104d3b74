import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LIBRARY_MIGRATIONS } from '../../../main/engine/store/migrations.ts';
import { type LocalStore, openStore } from '../../../main/engine/store/store.ts';
import { NoteId } from '../../../shared/model/marks.ts';
import { openWriter } from '../../../shared/node/sqlite.ts';
import { chunkOf, keyOf, offerOf } from './support/chunks.ts';
import { temporaryFolder } from './support/profile.ts';

const SERVER = { id: 'srv', url: 'http://x', project: 'p', name: 'P', cursor: 0 };
const LIST = { search: '', sort: 'startedAt', descending: true, offset: 0, limit: 50 } as const;

function open(profileDir: string): LocalStore {
  const store = openStore({ profileDir, now: 1 });
  onTestFinished(() => {
    try {
      store.close();
    } catch {
      // closed by the test already
    }
  });
  return store;
}

async function importOne(store: LocalStore, name: string, chunks = [chunkOf('g', 0), chunkOf('g', 1)]): Promise<void> {
  store.beginImport({ key: keyOf(name), source: `file:${name}`, sessionId: name });
  store.appendImport({ key: keyOf(name), chunks });
  await store.commitImport({ key: keyOf(name), notice: null });
}

describe('an imported session', () => {
  it('comes back byte for byte, also after a restart', async () => {
    const profile = temporaryFolder();
    const store = open(profile);
    const chunks = [chunkOf('g', 0, 'first'), chunkOf('g', 1, 'second')];
    await importOne(store, 'one', chunks);
    store.close();
    const again = open(profile);
    expect(again.list(LIST).rows.map((row) => [row.sessionId, row.events, row.state])).toEqual([
      ['one', 2, 'downloaded'],
    ]);
    for (const [index, { body }] of chunks.entries()) expect(again.chunk({ key: keyOf('one'), index })).toEqual(body);
    expect(() => again.chunk({ key: keyOf('one'), index: 2 })).toThrow('no chunk 2');
  });

  it('is not there before it is committed, and leaves no file when it never is', async () => {
    const profile = temporaryFolder();
    const store = open(profile);
    store.beginImport({ key: keyOf('one'), source: 'file:x', sessionId: 'one' });
    store.appendImport({ key: keyOf('one'), chunks: [chunkOf('g', 0)] });
    expect(store.list(LIST).total).toBe(0);
    store.close();
    const again = open(profile);
    expect(again.opened().messages).toEqual([
      'The import of x was cut off when TRACEFLOW ended without closing. Nothing of it was kept: import it again.',
    ]);
    expect(again.list(LIST).total).toBe(0);
    expect(filesIn(profile)).toEqual([]);
    await importOne(again, 'one');
    expect(again.list(LIST).total).toBe(1);
  });

  it('is gone from disk when it was deleted', async () => {
    const profile = temporaryFolder();
    const store = open(profile);
    await importOne(store, 'one');
    await importOne(store, 'two');
    expect(store.remove({ keys: [keyOf('one'), keyOf('unknown')] })).toEqual({ deleted: 1 });
    expect(filesIn(profile)).toEqual([`${keyOf('two')}.chunks`]);
    expect(() => store.get({ key: keyOf('one') })).toThrow('no session');
  });

  it('says which chunk is damaged on disk', async () => {
    const profile = temporaryFolder();
    const store = open(profile);
    await importOne(store, 'one');
    const { file, chunks } = store.layout({ key: keyOf('one') });
    const bytes = readFileSync(file);
    const at = (chunks[1]?.offset ?? 0) + 3;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    expect(store.chunk({ key: keyOf('one'), index: 0 }).length).toBeGreaterThan(0);
    expect(() => store.chunk({ key: keyOf('one'), index: 1 })).toThrow(/Chunk 1 .* is damaged/);
  });
});

describe('a page of a server', () => {
  const begin = (store: LocalStore, chunks: ReturnType<typeof chunkOf>[], session = 's') =>
    store.beginPage({ server: 'srv', chunks: chunks.map((chunk) => offerOf(session, chunk)) });
  const commit = (store: LocalStore, cursor: number, ...erased: ReturnType<typeof keyOf>[]) =>
    store.commitPage({ server: 'srv', erased, synced: { history: 'h', cursor }, at: 5 });
  const withServer = (profile: string): LocalStore => {
    const store = open(profile);
    store.saveServer({ ...SERVER, history: 'h', addedAt: 1 });
    return store;
  };

  it('takes nothing of an erased session: not what is staged, not what came before, not what comes later', async () => {
    const profile = temporaryFolder();
    const store = withServer(profile);
    const key = keyOf('s');
    const stage = (...chunks: ReturnType<typeof chunkOf>[]) => {
      const { missing } = begin(store, chunks);
      for (const index of missing) store.stage({ server: 'srv', index, body: chunks[index]?.body ?? new Uint8Array() });
      return missing.length;
    };
    expect(stage(chunkOf('g', 0))).toBe(1);
    await commit(store, 1);
    expect(stage(chunkOf('g', 1))).toBe(1);
    expect(await commit(store, 2, key)).toEqual({ touched: [], erased: 1 });
    expect([store.list(LIST).total, filesIn(profile)]).toEqual([0, []]);
    expect(stage(chunkOf('g', 0), chunkOf('g', 2))).toBe(0);
    expect(await commit(store, 3, key)).toEqual({ touched: [], erased: 0 });
    expect([store.list(LIST).total, filesIn(profile)]).toEqual([0, []]);
  });

  it('moves the cursor together with its rows, and asks for nothing twice', async () => {
    const store = withServer(temporaryFolder());
    const chunks = [chunkOf('g', 0), chunkOf('g', 1), chunkOf('h', 0)];
    expect(begin(store, chunks).missing).toEqual([0, 1, 2]);
    for (const [index, { body }] of chunks.entries()) store.stage({ server: 'srv', index, body });
    expect(store.list(LIST).total).toBe(0);
    expect(await commit(store, 7)).toEqual({ touched: [keyOf('s')], erased: 0 });
    expect(store.servers()[0]).toMatchObject({ cursor: 7, lastSyncAt: 5 });
    expect(store.list(LIST).rows[0]).toMatchObject({ events: 3, source: 'server:srv' });
    expect(begin(store, chunks).missing).toEqual([]);
    expect(await commit(store, 7)).toEqual({ touched: [], erased: 0 });
  });

  it('takes only the bytes that were announced', () => {
    const store = withServer(temporaryFolder());
    begin(store, [chunkOf('g', 0, 'right')]);
    expect(() => store.stage({ server: 'srv', index: 0, body: chunkOf('g', 0, 'wrong').body })).toThrow('not those');
  });

  it('is not fetched again after a crash, even when its last chunk was torn', async () => {
    const profile = temporaryFolder();
    const store = withServer(profile);
    const chunks = [chunkOf('g', 0), chunkOf('g', 1), chunkOf('g', 2)];
    begin(store, chunks);
    for (const index of [0, 1]) store.stage({ server: 'srv', index, body: chunks[index]?.body ?? new Uint8Array() });
    const { file } = { file: join(profile, 'sessions', keyOf('s').slice(0, 2), `${keyOf('s')}.chunks`) };
    store.close(); // nothing was committed
    appendFileSync(file, 'TFR1 torn');
    const size = statSync(file).size;
    const again = open(profile);
    expect(statSync(file).size).toBe(size - 'TFR1 torn'.length);
    expect(again.list(LIST).total).toBe(0);
    expect(begin(again, chunks).missing).toEqual([2]);
    again.stage({ server: 'srv', index: 2, body: chunks[2]?.body ?? new Uint8Array() });
    await commit(again, 3);
    expect(again.list(LIST).rows[0]?.events).toBe(3);
    for (const [index, { body }] of chunks.entries()) expect(again.chunk({ key: keyOf('s'), index })).toEqual(body);
  });

  it('keeps the first content of a range and says that there was another', async () => {
    const store = withServer(temporaryFolder());
    const [first, other] = [chunkOf('g', 0, 'first'), chunkOf('g', 0, 'other')];
    begin(store, [first]);
    store.stage({ server: 'srv', index: 0, body: first.body });
    await commit(store, 1);
    expect(begin(store, [other]).missing).toEqual([]);
    await commit(store, 2);
    expect(store.chunk({ key: keyOf('s'), index: 0 })).toEqual(first.body);
    expect(store.get({ key: keyOf('s') }).notice).toContain('other content');
  });

  it('does not bring a deleted session back, whenever it was deleted', async () => {
    const profile = temporaryFolder();
    const store = withServer(profile);
    const chunks = [chunkOf('g', 0), chunkOf('g', 1)];
    begin(store, chunks.slice(0, 1));
    store.stage({ server: 'srv', index: 0, body: chunks[0]?.body ?? new Uint8Array() });
    await commit(store, 1);
    begin(store, chunks);
    store.remove({ keys: [keyOf('s')] });
    store.stage({ server: 'srv', index: 1, body: chunks[1]?.body ?? new Uint8Array() });
    await commit(store, 2);
    expect(store.list(LIST).total).toBe(0);
    expect(begin(store, chunks).missing).toEqual([]);
    expect(filesIn(profile)).toEqual([]);
  });
});

describe('a profile', () => {
  it('is open in one program at a time', () => {
    const profile = temporaryFolder();
    open(profile);
    expect(() => openStore({ profileDir: profile, now: 1 })).toThrow('in use by another');
  });

  it.each([
    ['garbage', (file: string) => writeFileSync(file, 'this is no database at all, not even nearly')],
    ['a truncated database', (file: string) => writeFileSync(file, readFileSync(file).subarray(0, 5000))],
    ['overwritten pages', (file: string) => writeFileSync(file, readFileSync(file).fill(0x5a, 3000, 60_000))],
  ])('makes a database of %s again from the recordings', async (_, damage) => {
    const profile = temporaryFolder();
    const store = open(profile);
    await importOne(store, 'one');
    await importOne(store, 'two', [chunkOf('g', 0), chunkOf('g', 1), chunkOf('h', 0)]);
    const before = store.chunks({ key: keyOf('two') });
    store.close();
    markUnclean(profile);
    damage(join(profile, 'library.db'));
    const again = open(profile);
    expect(again.opened().messages.join()).toMatch(/set aside as .*library\.damaged-1\.db .*2 sessions/);
    expect(existsSync(join(profile, 'library.damaged-1.db'))).toBe(true);
    expect(
      again
        .list(LIST)
        .rows.map((row) => row.sessionId)
        .sort(),
    ).toEqual(['one', 'two']);
    expect(again.chunks({ key: keyOf('two') })).toEqual(before);
  });

  it('brings over what is readable of the notes, tags and pins of a damaged one', async () => {
    const profile = temporaryFolder();
    const store = open(profile);
    await importOne(store, 'one');
    await importOne(store, 'two');
    const note = { at: 5, endAt: null, text: 'look here', createdAt: 1, updatedAt: 2 };
    const id = NoteId.parse('0b7f2f3e-6c1f-4f6e-9b53-0d6f3f1c2a11');
    store.addNote({ key: keyOf('one'), note: { ...note, id } });
    store.tag({ keys: [keyOf('one'), keyOf('two')], name: 'vip', on: true });
    store.pin({ keys: [keyOf('two')], pinned: true });
    store.close();
    markUnclean(profile);
    const database = join(profile, 'library.db');
    const db = openWriter({ file: database });
    const sql = `SELECT rootpage, page_size FROM sqlite_master, pragma_page_size WHERE name = 'session_facets'`;
    const { rootpage = 0, page_size = 0 } = db.get<{ rootpage: number; page_size: number }>(sql) ?? {};
    db.close();
    writeFileSync(database, readFileSync(database).fill(0x5a, (rootpage - 1) * page_size, rootpage * page_size));
    const again = open(profile);
    expect(again.opened().messages.join()).toContain('2 sessions. Brought over: 1 note, 2 tags.');
    expect(again.notes({ key: keyOf('one') })).toEqual([{ ...note, id }]);
    expect(again.get({ key: keyOf('two') })).toMatchObject({ tags: ['vip'], pinned: true, notes: 0 });
  });

  it('without its database, or with one that was not made again to its end, loses no recording', async () => {
    const profile = temporaryFolder();
    const store = open(profile);
    await importOne(store, 'one');
    await importOne(store, 'two');
    store.close();
    const database = join(profile, 'library.db');
    for (const ending of ['', '-wal', '-shm']) rmSync(database + ending, { force: true });
    const first = open(profile);
    expect(first.opened().messages.join()).toContain('2 sessions');
    first.close();
    const db = openWriter({ file: database });
    db.exec(`DELETE FROM meta WHERE name = 'state'; DELETE FROM session WHERE session_id = 'two'`);
    db.close();
    expect(open(profile).list(LIST).rows).toHaveLength(2);
    expect(filesIn(profile)).toHaveLength(2);
  });

  it('keeps a recording it cannot read, under another name', async () => {
    const profile = temporaryFolder();
    const store = open(profile);
    await importOne(store, 'one');
    store.close();
    rmSync(join(profile, 'library.db'));
    const [file = ''] = readdirSync(join(profile, 'sessions'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.chunks'),
    );
    writeFileSync(join(profile, 'sessions', file), 'scribble');
    expect(open(profile).list(LIST).rows).toHaveLength(0);
    expect(existsSync(join(profile, 'sessions', `${file}.damaged`))).toBe(true);
  });

  it('of a newer version is left as it is', async () => {
    const profile = temporaryFolder();
    const store = open(profile);
    await importOne(store, 'one');
    store.close();
    const db = openWriter({ file: join(profile, 'library.db') });
    db.exec(`PRAGMA user_version = ${(LIBRARY_MIGRATIONS.at(-1)?.version ?? 0) + 10}`);
    db.close();
    expect(() => openStore({ profileDir: profile, now: 1 })).toThrow('newer version');
    expect(filesIn(profile)).toHaveLength(1);
    expect(readdirSync(profile).some((name) => name.includes('damaged'))).toBe(false);
  });
});

/** As a program that was killed leaves it. */
function markUnclean(profile: string): void {
  const db = openWriter({ file: join(profile, 'library.db') });
  db.run(`UPDATE meta SET value = 'open' WHERE name = 'state'`);
  db.close();
}

const filesIn = (profile: string): string[] =>
  readdirSync(join(profile, 'sessions'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.chunks'))
    .map((name) => name.slice(3));
