import { expect, test } from 'vitest';
import { countLines } from '../../../tools/test/notices.ts';
import { isGood, lastLine } from '../../../tools/test/tally.ts';
import { tallyReport } from '../../../tools/test/vitest-report.ts';

const file = (status: string, ...tests: string[]) => ({
  name: 'a.test.ts',
  status,
  assertionResults: tests.map((each) => ({ status: each })),
});
const report = (...testResults: unknown[]) => ({ testResults });

test('tests are counted by what became of them', () => {
  const mixed = report(file('failed', 'passed', 'failed', 'pending'), file('passed', 'passed', 'todo'));
  expect(tallyReport('unit', mixed, 1)).toEqual({ name: 'unit', passed: 2, failed: 1, skipped: 2 });
});

test('a file that does not load counts as a failure', () => {
  expect(tallyReport('unit', report(file('failed')), 1)).toMatchObject({ passed: 0, failed: 1 });
});

test('an error outside of the tests counts as a failure', () => {
  expect(tallyReport('unit', report(file('passed', 'passed')), 1)).toMatchObject({ passed: 1, failed: 1 });
});

test('the last line is exact, and a run in which nothing ran is not good', () => {
  const unit = { name: 'unit', passed: 3, failed: 0, skipped: 0 };
  expect(lastLine([unit, { name: 'e2e', passed: 2, failed: 1, skipped: 0 }])).toBe('5 passed, 1 failed');
  expect(lastLine([{ ...unit, skipped: 2 }])).toBe('3 passed, 0 failed, 2 skipped');
  expect(isGood([unit])).toBe(true);
  expect(isGood([unit, { ...unit, failed: 1 }])).toBe(false);
  expect(isGood([])).toBe(false);
});

test('equal notices are said once, with their number', () => {
  expect(countLines('a\nb\na\n')).toEqual([
    { text: 'a', times: 2 },
    { text: 'b', times: 1 },
  ]);
});
