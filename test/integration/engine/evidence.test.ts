import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EVIDENCE_VERSION, type EvidenceManifest } from '../../../shared/formats/traceflow/manifest.ts';
import { sha256 } from '../../../shared/node/hashing.ts';
import { openZip } from '../../../shared/node/zip-reader.ts';
import { writeZip, type ZipPart } from '../../../shared/node/zip-writer.ts';
import { openEngine, startEngine, type TestEngine } from './support/engine.ts';
import { newFolder, temporaryFolder } from './support/profile.ts';
import { fileWith, recording } from './support/recordings.ts';

const CAPS = { maxEntries: 1000, maxEntryBytes: 1e9, maxTotalBytes: 1e9 };
const folder = newFolder();
const evidence = join(folder.path, 'two.traceflow');
let source: TestEngine;
let keys: string[];

beforeAll(async () => {
  source = await openEngine({ profileDir: join(folder.path, 'source') });
  const files = ['one', 'two'].map((name) =>
    fileWith(folder.path, `${name}.json`, JSON.stringify(recording(name === 'two' ? 900 : 3, name.repeat(120)))),
  );
  keys = (await source.importFiles(...files)).sessions;
  const job = await source.exportTo(evidence, ...keys);
  expect(job).toMatchObject({ state: 'done', message: expect.stringContaining('2 sessions written') });
});
afterAll(async () => {
  await source.close();
  folder.remove();
});

const key = (name: string | undefined) => ({ key: name as never });

async function contentsOf(test: TestEngine, name: string | undefined): Promise<unknown> {
  const chunks = await test.call('recording.chunks', key(name));
  return {
    chunks,
    bytes: await Promise.all(
      chunks.map(async ({ index }) => sha256(await test.call('recording.chunk', { ...key(name), index }))),
    ),
    signals: await test.call('recording.signals', key(name)),
    diagnosis: await test.call('recording.diagnosis', key(name)),
  };
}

async function entriesOf(file: string): Promise<Map<string, Buffer>> {
  const zip = await openZip(file, CAPS);
  const entries = new Map<string, Buffer>();
  for (const name of zip.names) entries.set(name, await zip.read(name));
  zip.close();
  return entries;
}

async function rewritten(change: (entries: Map<string, Buffer>) => void): Promise<string> {
  const entries = await entriesOf(evidence);
  change(entries);
  const file = join(temporaryFolder(), 'changed.traceflow');
  await writeZip(
    file,
    [...entries].map(([name, bytes]): ZipPart => ({ name, bytes })),
  );
  return file;
}

const withManifest = (change: (manifest: { -readonly [K in keyof EvidenceManifest]: EvidenceManifest[K] }) => void) =>
  rewritten((entries) => {
    const manifest = JSON.parse(String(entries.get('manifest.json'))) as EvidenceManifest;
    change(manifest);
    const bytes = Buffer.from(JSON.stringify(manifest));
    entries.set('manifest.json', bytes);
    entries.set('manifest.sha256', Buffer.from(sha256(bytes)));
  });

describe('an evidence file', () => {
  it('carries sessions into a fresh profile: same bytes, same facts, same verdict', async () => {
    const fresh = await startEngine();
    const job = await fresh.importFiles(evidence);
    expect(job).toMatchObject({ state: 'done', message: '2 sessions imported.' });
    for (const [index, name] of keys.entries()) {
      expect(await contentsOf(fresh, job.sessions[index])).toEqual(await contentsOf(source, name));
    }
    expect(await fresh.importFiles(evidence)).toMatchObject({ message: '2 already present.', sessions: job.sessions });
    const again = join(fresh.profileDir, 'again.traceflow');
    await fresh.exportTo(again, ...job.sessions);
    expect(await source.importFiles(again)).toMatchObject({
      state: 'done',
      message: '2 already present.',
    });
  });

  it('brings nothing new to the profile it came from', async () => {
    expect(await source.importFiles(evidence)).toMatchObject({ message: '2 already present.', sessions: keys });
  });

  it('names the part in which a byte was flipped, wherever it was, and gives none of its sessions', async () => {
    const test = await startEngine();
    const bytes = readFileSync(evidence);
    const file = join(temporaryFolder(), 'flipped.traceflow');
    const step = Math.max(1, Math.floor(bytes.length / 40));
    let refused = 0;
    for (let at = 0; at < bytes.length; at += step) {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ 0x01;
      writeFileSync(file, flipped);
      const job = await test.importFiles(file);
      if (job.state === 'done') {
        // Only a bit that carries no content (a time stamp of the zip) may go unnoticed.
        expect(job.sessions).toHaveLength(2);
        await test.call('sessions.delete', { keys: job.sessions as never });
        continue;
      }
      refused++;
      expect(job.message).toMatch(/flipped\.traceflow was not imported: .*(manifest|sessions\/|archive|file type|zip)/);
      expect(await test.rows()).toEqual([]);
    }
    expect(refused).toBeGreaterThan(30);
  });

  it('of a newer version is refused by name', async () => {
    const file = await withManifest((manifest) => {
      (manifest as { version: number }).version = EVIDENCE_VERSION + 1;
    });
    expect((await source.importFiles(file)).message).toMatch(
      /changed\.traceflow was not imported: it was made by a newer version of TRACEFLOW \(evidence format 2/,
    );
  });

  it.each<[string, () => Promise<string>, RegExp]>([
    [
      'a manifest that was changed',
      () => rewritten((entries) => entries.set('manifest.json', Buffer.from(`${entries.get('manifest.json')} `))),
      /manifest\.json was changed/,
    ],
    [
      'a chunk that was exchanged',
      () => rewritten((entries) => exchange(entries)),
      /sessions\/.*chunks\/.* was changed/,
    ],
    [
      'a chunk that is missing',
      () => rewritten((entries) => void entries.delete(firstChunk(entries))),
      /is missing from the archive/,
    ],
    [
      'an entry nobody listed',
      () => rewritten((entries) => void entries.set('extra.txt', Buffer.from('x'))),
      /"extra\.txt" is not listed/,
    ],
    [
      'a hash that was renewed without its chain',
      () =>
        withManifest((manifest) => {
          manifest.entries = manifest.entries.map((entry, index) =>
            index === 1 ? { ...entry, sha256: sha256('other') } : entry,
          );
        }),
      /chain of hashes is broken/,
    ],
    [
      'names that leave the folder',
      () =>
        withManifest((manifest) => {
          manifest.entries = manifest.entries.map((entry, index) =>
            index === 0 ? { ...entry, name: '../../etc/passwd' } : entry,
          );
        }),
      /manifest\.json: entries\.0\.name/,
    ],
    [
      'no sessions',
      () =>
        withManifest((manifest) => {
          manifest.sessions = [];
        }),
      /manifest\.json: sessions/,
    ],
  ])('with %s is refused', async (_, make, expected) => {
    const before = (await source.rows()).length;
    const job = await source.importFiles(await make());
    expect(job.state).toBe('failed');
    expect(job.message).toMatch(expected);
    expect((await source.rows()).length).toBe(before);
  });

  it('cannot take the place of another session', async () => {
    const victim = keys[0];
    const file = await withManifest((manifest) => {
      manifest.sessions = manifest.sessions.slice(1).map((session) => ({ ...session, key: victim as never }));
    });
    const before = await contentsOf(source, victim);
    const job = await source.importFiles(file);
    expect(job.sessions).not.toContain(victim);
    expect(await contentsOf(source, victim)).toEqual(before);
  });
});

describe('an export', () => {
  it('says what is wrong with its place, and leaves nothing behind', async () => {
    const place = join(temporaryFolder(), 'no', 'such', 'x.traceflow');
    const job = await source.exportTo(place, ...keys);
    expect(job).toMatchObject({ state: 'failed', message: expect.stringContaining('the folder is gone') });
  });

  it('of an unknown session fails', async () => {
    const job = await source.exportTo(join(temporaryFolder(), 'x.traceflow'), '0'.repeat(32));
    expect(job).toMatchObject({ state: 'failed', message: expect.stringContaining('There is no session') });
  });
});

const firstChunk = (entries: ReadonlyMap<string, Buffer>): string =>
  [...entries.keys()].find((name) => name.includes('/chunks/')) ?? '';

function exchange(entries: Map<string, Buffer>): void {
  const [first = '', second = ''] = [...entries.keys()].filter((name) => name.includes('/chunks/'));
  entries.set(first, entries.get(second) ?? Buffer.alloc(0));
}
