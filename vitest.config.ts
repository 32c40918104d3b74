import { defineConfig } from 'vitest/config';

/** A loaded machine makes a test slow, never wrong: these limits are there for what hangs, ms. */
const POLL = { poll: { timeout: 30_000 } };
const HANGS = { testTimeout: 60_000, hookTimeout: 60_000 };

/**
 * Real browsers and processes meet a machine's every mood: in CI such a test gets a second try. The report marks it
 * (`retry x1`), and each mark is a fault to be mended.
 */
const SECOND_TRY = { retry: process.env.CI ? 1 : 0 };

/** One project per tier, so that `npm run check` can run the quick ones and `npm test` all of them. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', expect: POLL, include: ['test/unit/**/*.test.ts'], ...HANGS } },
      { test: { name: 'contract', expect: POLL, include: ['test/contract/**/*.test.ts'], ...HANGS } },
      {
        test: {
          name: 'integration',
          expect: POLL,
          ...SECOND_TRY,
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          expect: POLL,
          ...SECOND_TRY,
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
          ...SECOND_TRY,
          include: ['test/package/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
