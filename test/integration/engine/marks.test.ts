import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EvidenceManifest } from '../../../shared/formats/traceflow/manifest.ts';
import { CHAIN_START, chainInput } from '../../../shared/formats/traceflow/manifest.ts';
import { sha256 } from '../../../shared/node/hashing.ts';
import { openZip } from '../../../shared/node/zip-reader.ts';
import { writeZip } from '../../../shared/node/zip-writer.ts';
import { startEngine, type TestEngine } from './support/engine.ts';
import { temporaryFolder } from './support/profile.ts';
import { fileWith, recording } from './support/recordings.ts';

async function withSessions(...names: string[]): Promise<{ test: TestEngine; keys: never[] }> {
  const test = await startEngine();
  const folder = temporaryFolder();
  const files = names.map((name, index) =>
    fileWith(folder, `${name}.json`, JSON.stringify(recording(3 + index, name))),
  );
  return { test, keys: (await test.importFiles(...files)).sessions as never[] };
}

const rowOf = async (test: TestEngine, key: string) => test.call('sessions.get', { key: key as never });

/** The evidence file with the marks of its only session replaced, hashes made anew. */
async function withMarks(file: string, marks: unknown): Promise<string> {
  const zip = await openZip(file, { maxEntries: 1000, maxEntryBytes: 1e9, maxTotalBytes: 1e9 });
  const manifest = JSON.parse(String(await zip.read('manifest.json'))) as EvidenceManifest;
  const name = manifest.sessions[0]?.marks;
  let chain = sha256(CHAIN_START);
  const parts: { name: string; bytes: Buffer }[] = [];
  const entries: EvidenceManifest['entries'] = [];
  for (const entry of manifest.entries) {
    const bytes = entry.name === name ? Buffer.from(JSON.stringify(marks)) : await zip.read(entry.name);
    chain = sha256(chainInput(chain, entry.name, sha256(bytes)));
    entries.push({ name: entry.name, bytes: bytes.length, sha256: sha256(bytes), chain });
    parts.push({ name: entry.name, bytes });
  }
  zip.close();
  const bytes = Buffer.from(JSON.stringify({ ...manifest, entries }));
  const path = join(temporaryFolder(), 'changed.traceflow');
  await writeZip(path, [
    ...parts,
    { name: 'manifest.json', bytes },
    { name: 'manifest.sha256', bytes: Buffer.from(sha256(bytes)) },
  ]);
  return path;
}

describe('notes', () => {
  it('are kept in the order of their moments, changed, removed and restored; each time the windows hear of it', async () => {
    const { test, keys } = await withSessions('one');
    const [key] = keys as [never];
    const heard: unknown[] = [];
    test.engine.onEvent((event) => event.name === 'store.changed' && heard.push(event.payload));
    const late = await test.call('notes.add', { key, at: 2000, text: '  later  ' });
    const early = await test.call('notes.add', { key, at: 1000, endAt: 1500, text: 'early' });
    expect(late.text).toBe('later');
    expect(await test.call('notes.list', { key })).toEqual([early, late]);
    expect((await rowOf(test, key)).notes).toBe(2);
    const changed = await test.call('notes.change', { id: early.id, text: 'early, seen again', endAt: null });
    expect(changed).toMatchObject({ at: 1000, endAt: null, text: 'early, seen again', createdAt: early.createdAt });
    const removed = await test.call('notes.remove', { id: early.id });
    expect(removed).toEqual({ key, note: changed });
    expect((await rowOf(test, key)).notes).toBe(1);
    await test.call('notes.restore', removed);
    expect(await test.call('notes.list', { key })).toEqual([changed, late]);
    expect(heard).toEqual(Array(5).fill({ sessions: false, servers: false, marks: true, live: false }));
  });

  it('refuses what makes no sense in words', async () => {
    const { test, keys } = await withSessions('one');
    const [key] = keys as [never];
    await expect(test.call('notes.add', { key, at: 1, text: ' ' })).rejects.toThrow('needs some text');
    await expect(test.call('notes.add', { key, at: 5, endAt: 4, text: 'x' })).rejects.toThrow('before it begins');
    const note = await test.call('notes.add', { key, at: 5, text: 'x' });
    await expect(test.call('notes.change', { id: note.id, endAt: 1 })).rejects.toThrow('before it begins');
    await test.call('notes.remove', { id: note.id });
    await expect(test.call('notes.remove', { id: note.id })).rejects.toThrow('not there any more');
    await expect(test.call('tags.add', { keys, name: 'a,b' })).rejects.toThrow('no commas');
  });
});

describe('tags and pins', () => {
  it('say to which sessions they made a difference, so that an undo touches no others', async () => {
    const { test, keys } = await withSessions('one', 'two', 'three');
    const [one, two, three] = keys as [never, never, never];
    expect(await test.call('tags.add', { keys: [one], name: ' VIP  customer ' })).toEqual({ changed: [one] });
    expect(await test.call('tags.add', { keys, name: 'vip customer' })).toEqual({ changed: [two, three] });
    await test.call('tags.add', { keys: [one], name: 'checkout' });
    expect(await test.call('tags.list')).toEqual([
      { name: 'checkout', sessions: 1 },
      { name: 'vip customer', sessions: 3 },
    ]);
    expect((await rowOf(test, one)).tags).toEqual(['checkout', 'vip customer']);
    expect(await test.call('tags.remove', { keys: [two, three], name: 'vip customer' })).toEqual({
      changed: [two, three],
    });
    expect(await test.call('sessions.pin', { keys: [one], pinned: true })).toEqual({ changed: [one] });
    expect(await test.call('sessions.pin', { keys, pinned: true })).toEqual({ changed: [two, three] });
    expect((await rowOf(test, two)).pinned).toBe(true);
  });

  it('go with their session', async () => {
    const { test, keys } = await withSessions('one');
    const [key] = keys as [never];
    await test.call('tags.add', { keys, name: 'vip' });
    const note = await test.call('notes.add', { key, at: 1, text: 'x' });
    await test.call('sessions.delete', { keys });
    expect(await test.call('tags.list')).toEqual([]);
    await expect(test.call('notes.change', { id: note.id, text: 'y' })).rejects.toThrow('not there any more');
  });
});

describe('an evidence file', () => {
  it('carries notes and tags, and brings them back once', async () => {
    const { test, keys } = await withSessions('one', 'two');
    const [one, two] = keys as [never, never];
    await test.call('tags.add', { keys: [one], name: 'vip' });
    await test.call('notes.add', { key: one, at: 1000, text: 'look here' });
    await test.call('sessions.pin', { keys: [one], pinned: true });
    const file = join(temporaryFolder(), 'two.traceflow');
    await test.exportTo(file, one, two);

    const fresh = await startEngine();
    const [first, second] = (await fresh.importFiles(file)).sessions as [never, never];
    expect(await fresh.call('notes.list', { key: first })).toEqual(await test.call('notes.list', { key: one }));
    expect(await rowOf(fresh, first)).toMatchObject({ tags: ['vip'], notes: 1, pinned: false });
    expect(await rowOf(fresh, second)).toMatchObject({ tags: [], notes: 0 });

    await fresh.call('notes.add', { key: first, at: 1, text: 'mine' });
    expect(await fresh.importFiles(file)).toMatchObject({ message: '2 already present.' });
    expect((await fresh.call('notes.list', { key: first })).map(({ text }) => text)).toEqual(['mine', 'look here']);

    // Where the recording lies already, its marks still arrive.
    const bare = await withSessions('one');
    await bare.test.importFiles(file);
    expect(await rowOf(bare.test, bare.keys[0] ?? '')).toMatchObject({ tags: ['vip'], notes: 1 });
  });

  it('with marks that do not fit is refused, and nothing of it is kept', async () => {
    const { test, keys } = await withSessions('one');
    await test.call('tags.add', { keys, name: 'vip' });
    const file = join(temporaryFolder(), 'one.traceflow');
    await test.exportTo(file, keys[0] ?? '');
    for (const marks of [{ notes: [], tags: ['x'.repeat(99)] }, { notes: [{ id: 'x' }], tags: [] }, 'nonsense']) {
      const fresh = await startEngine();
      const job = await fresh.importFiles(await withMarks(file, marks));
      expect(job).toMatchObject({ state: 'failed', message: expect.stringMatching(/was not imported: .*marks\.json/) });
      expect(await fresh.rows()).toEqual([]);
    }
  });
});
