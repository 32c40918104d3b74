import { expect, test } from 'vitest';
import { killServerWhileWritersStream } from '../../support/kills/kill-server.ts';
import { createRandom } from '../../support/shop-random.ts';
import { sized } from '../../support/size.ts';
import { temporaryFolder } from './support/server-process.ts';

test('ten writers that repeat, shuffle and overlap lose nothing to kill -9, and readers see each event once', async () => {
  const { dir, remove } = await temporaryFolder();
  const { counts, failures } = await killServerWhileWritersStream(dir, createRandom(7), sized(3));
  expect(failures).toEqual([]);
  expect(counts['batches acknowledged']).toBeGreaterThan(50);
  expect(counts['repeats recognised']).toBeGreaterThan(0);
  await remove();
});
