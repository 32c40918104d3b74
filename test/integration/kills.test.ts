import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { killWhileImporting } from '../support/kills/kill-import.ts';
import { killWhileRecordingAndSyncing } from '../support/kills/kill-record-and-sync.ts';
import { createRandom } from '../support/shop-random.ts';
import { sized } from '../support/size.ts';
import { temporaryFolder } from './engine/support/profile.ts';

// The same as `npm run soak -- kills`, a few kills of it.
const seed = randomInt(1e9);

it(`server and engine killed while pages record and a sync runs (seed ${seed})`, async () => {
  const report = await killWhileRecordingAndSyncing(temporaryFolder(), createRandom(seed), sized(3));
  expect(report.failures).toEqual([]);
  expect(report.counts['batches acknowledged']).toBeGreaterThan(0);
});

it(`an engine killed while it imports (seed ${seed})`, async () => {
  const report = await killWhileImporting(join(temporaryFolder(), 'import'), createRandom(seed), sized(1));
  expect(report.failures).toEqual([]);
  expect(report.counts['files imported']).toBe(6);
});
