import { defineConfig } from 'vitest/config';

/** A loaded machine makes a quick test slow, never wrong: the limit is there for what hangs, ms. */
const HANGS = { testTimeout: 60_000, hookTimeout: 60_000 };

/** One project per tier, so that `npm run check` can run the quick ones and `npm test` all of them. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], ...HANGS } },
      { test: { name: 'contract', include: ['test/contract/**/*.test.ts'], ...HANGS } },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'package',
          include: ['test/package/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
