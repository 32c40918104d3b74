import { expect, test } from 'vitest';
import { createBudget } from '../../../sdk/web/src/capture/budget.ts';

const MB = 1024 * 1024;

test('a burst is taken whole, a storm is not, and some calm brings enough back', () => {
  let now = 0;
  const budget = createBudget(() => now);
  expect(budget.spend(8 * MB)).toBe(true);
  expect(budget.spend(1)).toBe(false);
  expect(budget.isRecovered()).toBe(false);
  now += 10_000;
  expect(budget.spend(1.4 * MB)).toBe(true);
  expect(budget.spend(0.2 * MB)).toBe(false);
  now += 7_000;
  expect(budget.isRecovered()).toBe(true);
});

test('what a busy table redraws each second never runs out', () => {
  let now = 0;
  const budget = createBudget(() => now);
  for (let second = 0; second < 3_600; second++) {
    now += 1_000;
    expect(budget.spend(140 * 1024)).toBe(true);
  }
});
