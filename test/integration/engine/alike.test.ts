import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { SessionKey } from '../../../shared/model/identity.ts';
import { openWriter } from '../../../shared/node/sqlite.ts';
import { faulty, type ScenarioName } from '../../support/fault-scenarios.ts';
import { openEngine, type TestEngine } from './support/engine.ts';
import { temporaryFolder } from './support/profile.ts';
import { fileWith } from './support/recordings.ts';

/** Imports one session with this fault; `at` makes it another recording. @returns its key. */
async function importFaulty(test: TestEngine, name: ScenarioName, at: number): Promise<SessionKey> {
  const events = faulty(name)
    .events()
    .map(({ event }) => ({ ...event, timestamp: event.timestamp + at }));
  const job = await test.importFiles(fileWith(temporaryFolder(), `${name}-${at}.json`, JSON.stringify(events)));
  return job.sessions[0] as SessionKey;
}

async function alikeOf(test: TestEngine, key: SessionKey): Promise<{ keys: string[]; total: number }> {
  const { findings } = await test.call('recording.diagnosis', { key });
  const { rows, total } = await test.call('findings.alike', { key, fingerprint: findings[0]?.fingerprint ?? '' });
  return { keys: rows.map((row) => row.key), total };
}

it('sessions like it are counted and listed, are gone when deleted, and are found again in an older profile', async () => {
  const profileDir = temporaryFolder();
  const first = await openEngine({ profileDir });
  const paid = await importFaulty(first, 'server-error-swallowed', 0);
  const later = await importFaulty(first, 'server-error-swallowed', 60_000);
  const latest = await importFaulty(first, 'server-error-swallowed', 120_000);
  const other = await importFaulty(first, 'dead-control', 0);
  expect(await alikeOf(first, paid)).toEqual({ keys: [latest, later], total: 2 });
  expect(await alikeOf(first, other)).toEqual({ keys: [], total: 0 });
  await first.call('sessions.delete', { keys: [later] });
  expect(await alikeOf(first, paid)).toEqual({ keys: [latest], total: 1 });
  await first.close();

  // As a version wrote it that knew no fingerprints.
  const db = openWriter({ file: join(profileDir, 'library.db') });
  db.exec(`UPDATE session SET analysis_version = 1; DELETE FROM finding; UPDATE diagnosis SET body = '{}'`);
  db.close();
  const second = await openEngine({ profileDir });
  try {
    await expect
      .poll(
        () => second.call('findings.alike', { key: paid, fingerprint: 'server-error-swallowed POST /api/orders 5xx' }),
        {
          timeout: 30_000,
        },
      )
      .toMatchObject({ rows: [{ key: latest }], total: 1 });
    expect(await alikeOf(second, paid)).toEqual({ keys: [latest], total: 1 });
  } finally {
    await second.close();
  }
});
