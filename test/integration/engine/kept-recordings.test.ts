import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EvidenceManifest } from '../../../shared/formats/traceflow/manifest.ts';
import { openZip } from '../../../shared/node/zip-reader.ts';
import { openEngine, type TestEngine } from './support/engine.ts';
import { newFolder } from './support/profile.ts';

/** Recordings made by earlier versions, each in an evidence file with the facts of its time. Add one for each format; change none. */
const KEPT = resolve(import.meta.dirname, '../../fixtures/recordings');

const folder = newFolder();
let engine: TestEngine;
beforeAll(async () => {
  engine = await openEngine({ profileDir: join(folder.path, 'profile') });
});
afterAll(async () => {
  await engine.close();
  folder.remove();
});

/** What the version that made the file said of its only session. */
async function factsOfItsTime(file: string): Promise<{ signals: object[]; diagnosis: { summary: string } }> {
  const zip = await openZip(file, { maxEntries: 100, maxEntryBytes: 1e7, maxTotalBytes: 1e8 });
  const read = async (name: string): Promise<unknown> => JSON.parse((await zip.read(name)).toString('utf8'));
  const [session] = EvidenceManifest.parse(await read('manifest.json')).sessions;
  if (!session) throw new Error(`${file} holds no session`);
  const kept = { signals: await read(session.signals), diagnosis: await read(session.diagnosis) };
  zip.close();
  return kept as { signals: object[]; diagnosis: { summary: string } };
}

describe.each(readdirSync(KEPT).filter((name) => name.endsWith('.traceflow')))('%s', (name) => {
  it('still opens, whole, with the facts it had and the same answer', async () => {
    const kept = await factsOfItsTime(join(KEPT, name));
    const { sessions } = await engine.importFiles(join(KEPT, name));
    const key = { key: sessions[0] as never };
    expect(await engine.call('sessions.get', key)).toMatchObject({ notice: null, state: 'downloaded' });
    const signals = await engine.call('recording.signals', key);
    // Facts may have gained fields since; none may be lost or changed.
    expect(kept.signals.length).toBeGreaterThan(20);
    expect(signals).toMatchObject(kept.signals);
    expect((await engine.call('recording.diagnosis', key)).summary).toBe(kept.diagnosis.summary);
  });
});
