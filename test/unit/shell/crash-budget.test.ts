import { expect, test } from 'vitest';
import { createCrashBudget } from '../../../main/shell/crash-budget.ts';

test('the third crash within a minute is the last', () => {
  let now = 0;
  const budget = createCrashBudget(() => now);
  expect(budget.spend()).toBe(true);
  now = 30_000;
  expect(budget.spend()).toBe(true);
  now = 59_999;
  expect(budget.spend()).toBe(false);
});

test('crashes that are a minute apart never add up', () => {
  let now = 0;
  const budget = createCrashBudget(() => now);
  for (let i = 0; i < 20; i++, now += 30_001) expect(budget.spend()).toBe(true);
});
