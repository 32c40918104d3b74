import { afterAll, beforeAll, expect } from 'vitest';
import type { EngineDeps } from '../../../../main/engine/engine.ts';
import { sha256 } from '../../../../shared/node/hashing.ts';
import { openEngine, type TestEngine } from '../../engine/support/engine.ts';
import { newFolder } from '../../engine/support/profile.ts';
import { fileWith, recording } from '../../engine/support/recordings.ts';
import { expectKept, type ProfileSnapshot, snapshotOf } from './profile-snapshot.ts';

/** An engine whose library holds something that bad input must not touch. */
export interface BusyProfile {
  readonly test: TestEngine;
  /** A folder for files to be imported. */
  readonly folder: string;
  /**
   * Does something and asserts that all stored before is as it was and can still be worked with.
   * @returns what it gave, and how many sessions are new.
   */
  harmless<T>(what: () => Promise<T>): Promise<{ result: T; added: number }>;
}

/** One engine with two sessions for all tests of a file. */
export function busyProfile(options: Partial<EngineDeps> = {}): BusyProfile {
  const { path: folder, remove } = newFolder();
  let test: TestEngine | null = null;
  let known: { key: string; bytes: string }[] = [];
  const engine = (): TestEngine => {
    if (!test) throw new Error('The engine was not started.');
    return test;
  };

  beforeAll(async () => {
    test = await openEngine({ profileDir: `${folder}/profile`, ...options });
    const files = ['one', 'two'].map((name) =>
      fileWith(folder, `stored-${name}.json`, JSON.stringify(recording(name === 'two' ? 900 : 3, name.repeat(90)))),
    );
    const { sessions } = await engine().importFiles(...files);
    known = await Promise.all(sessions.map(async (key) => ({ key, bytes: await firstChunk(key) })));
    expect(known).toHaveLength(2);
  });
  afterAll(async () => {
    await test?.close();
    remove();
  });

  const firstChunk = async (key: string): Promise<string> =>
    sha256(await engine().call('recording.chunk', { key: key as never, index: 0 }));

  async function expectUsable(): Promise<void> {
    const { rows } = await engine().call('sessions.list', { limit: 1000 });
    const listed = rows.map((row): string => row.key);
    for (const { key, bytes } of known) {
      expect(listed).toContain(key);
      expect(await firstChunk(key)).toBe(bytes);
      expect((await engine().call('recording.diagnosis', { key: key as never })).summary).not.toBe('');
    }
  }

  return {
    get test() {
      return engine();
    },
    folder,
    harmless: async (what) => {
      const before: ProfileSnapshot = snapshotOf(engine().profileDir);
      const result = await what();
      const added = expectKept(before, snapshotOf(engine().profileDir));
      await expectUsable();
      return { result, added };
    },
  };
}
