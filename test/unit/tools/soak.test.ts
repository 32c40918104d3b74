import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { afterStep, emptyState, loadState, saveState, stepSeed } from '../../../tools/soak/soak-state.ts';
import { summaryText } from '../../../tools/soak/summary.ts';

const folder = mkdtempSync(join(tmpdir(), 'traceflow-soak-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a soak goes on from its last whole step', () => {
  const file = join(folder, 'a', 'state.json');
  const once = afterStep(loadState(file, 7), { counts: { seeks: 10 } }, 500);
  saveState(file, once);
  const twice = afterStep(loadState(file, 7), { counts: { seeks: 5, opens: 1 }, failures: ['differs'] }, 250);
  expect(twice).toEqual({
    seed: 7,
    steps: 2,
    elapsedMs: 750,
    counts: { seeks: 15, opens: 1 },
    failures: [{ step: 1, seed: stepSeed(7, 1), text: 'differs' }],
  });
});

test('the seed of a step depends on nothing but the seed and the step, and neighbours differ', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(100_000), (seed, index) => {
      expect(stepSeed(seed, index)).toBe(stepSeed(seed, index));
      expect(stepSeed(seed, index)).not.toBe(stepSeed(seed, index + 1));
    }),
  );
});

test('the summary says how to repeat it', () => {
  const soak = { name: 'seek', what: 'Seeks at random.', step: () => Promise.reject(new Error('not run here')) };
  const state = afterStep(emptyState(3), { counts: { seeks: 2 }, failures: ['differs'] }, 60_000);
  const text = summaryText(soak, state, { command: 'npm run soak -- seek', commit: 'abc', machine: 'm', date: 'd' });
  for (const part of ['npm run soak -- seek', 'abc', 'seed: 3', '1.0 minutes', '| seeks | 2 |', 'differs']) {
    expect(text).toContain(part);
  }
});
