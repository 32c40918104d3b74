import { expect, test } from 'vitest';
import type { Bench } from '../../../tools/bench/bench-module.ts';
import { goalText, isMet, parseGoal, readGoals } from '../../../tools/bench/goals.ts';
import { describe as inWords, measure, type Result } from '../../../tools/bench/measure.ts';
import { reportText } from '../../../tools/bench/report.ts';

const goals = { seek: { fast: parseGoal('>= 40 x'), equal: parseGoal('== 1'), rate: parseGoal('reported') } };

async function* figures() {
  yield { metric: 'fast', value: 41.23456, unit: 'x', peer: 'rrweb 2', runs: 5 };
  yield { metric: 'extra', value: 1, unit: '', runs: 1 };
}
const bench: Bench = { name: 'seek', run: figures };

test('goals are read from their table, and nothing else passes for one', () => {
  expect(parseGoal('<= 0.15 x')).toEqual({ is: '<=', value: 0.15, unit: 'x' });
  expect(parseGoal('reported')).toBeNull();
  expect(() => parseGoal('fast')).toThrow('"fast" is no goal');
  expect(Object.keys(readGoals())).toContain('seek');
});

test.each([
  ['>= 40 x', 40, true],
  ['>= 40 x', 39.9, false],
  ['<= 2 s', 2, true],
  ['== 0', 0, true],
  ['== 0', 1, false],
  ['reported', 7, true],
  ['reported', null, false],
  ['>= 1', Number.NaN, false],
] as const)('%s with %s is met: %s', (goal, value, met) => expect(isMet(parseGoal(goal), value)).toBe(met));

test('a metric that a bench owes and does not print is printed without a value', async () => {
  const results: Result[] = [];
  for await (const result of measure(bench, goals, true)) results.push(result);
  expect(results.map(({ metric, value }) => [metric, value])).toEqual([
    ['fast', 41.23],
    ['extra', 1],
    ['equal', null],
    ['rate', null],
  ]);
  expect(inWords(results[2] as Result, goals.seek.equal)).toContain('MISSED');
  const text = reportText(
    results,
    { ...goals, open: {} },
    { machine: 'm', commit: 'c', date: 'd', quick: true },
    { seek: ['Tried: a.'] },
  );
  expect(text).toContain(`| fast | 41.23 x | ${goalText(goals.seek.fast)} | met | rrweb 2 |`);
  expect(text).toContain('| equal | not measured | == 1 | **missed** |');
  expect(text).toContain('\n\nTried: a.\n');
  expect(text).toContain('not written yet: open');
});
