import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** A loaded machine makes a test slow, never wrong: these limits are there for what hangs, ms. */
const POLL = { poll: { timeout: 30_000 } };
const HANGS = { testTimeout: 60_000, hookTimeout: 60_000 };

/** What property tests draw: in CI the same each time, so that a run says something of the change and not of its luck. */
const SEED = { setupFiles: ['test/support/property-seed.ts'] };

/** One project per tier, so that `npm run check` can run the quick ones and `npm test` all of them. */
export default defineConfig({
  test: {
    // Most of an integration test is waiting for a browser or a process: also the last core gets a file.
    maxWorkers: Math.max(2, availableParallelism()),
    projects: [
      { test: { name: 'unit', expect: POLL, include: ['test/unit/**/*.test.ts'], ...SEED, ...HANGS } },
      { test: { name: 'contract', expect: POLL, include: ['test/contract/**/*.test.ts'], ...SEED, ...HANGS } },
      {
        test: {
          name: 'integration',
          expect: POLL,
          ...SEED,
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          expect: POLL,
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'package',
          expect: POLL,
          include: ['test/package/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
