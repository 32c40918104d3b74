import { expect, test } from 'vitest';
import { countLines } from '../../../tools/test/notices.ts';
import { failureLines, isGood, lastLine } from '../../../tools/test/tally.ts';
import { tallyReport, withSecondTry } from '../../../tools/test/vitest-report.ts';

const file = (status: string, ...tests: string[]) => fileNamed('a.test.ts', status, ...tests);
const fileNamed = (name: string, status: string, ...tests: string[]) => ({
  name: `/checkout/test/${name}`,
  status,
  message: 'it did not load\n  at line 1',
  assertionResults: tests.map((each, at) => ({
    status: each,
    fullName: `test ${at}`,
    failureMessages: each === 'failed' ? ['Error: \u001b[31mno\u001b[39m\n  at line 2'] : [],
  })),
});
const report = (...testResults: unknown[]) => ({ testResults });
const tally = (what: unknown, code: number) => tallyReport('unit', what, code, '/checkout');

test('tests are counted by what became of them', () => {
  const mixed = report(file('failed', 'passed', 'failed', 'pending'), file('passed', 'passed', 'todo'));
  expect(tally(mixed, 1)).toMatchObject({ name: 'unit', passed: 2, failed: 1, skipped: 2 });
});

test('a file that does not load counts as a failure', () => {
  expect(tally(report(file('failed')), 1)).toMatchObject({
    passed: 0,
    failed: 1,
    failures: [{ file: 'test/a.test.ts', name: '', reason: 'it did not load' }],
  });
});

test('an error outside of the tests counts as a failure', () => {
  expect(tally(report(file('passed', 'passed')), 1)).toMatchObject({ passed: 1, failed: 1 });
});

test('a file run once more counts by its second run, and what passed only then is named', () => {
  const all = report(file('failed', 'failed', 'failed', 'passed'), fileNamed('b.test.ts', 'passed', 'passed'));
  const again = tally(report(file('failed', 'passed', 'failed', 'passed')), 1);
  const both = withSecondTry(tally(all, 1), all, again, '/checkout');
  expect(both).toMatchObject({ passed: 3, failed: 1, skipped: 0 });
  expect(failureLines([both])).toEqual([
    'Passed only at a second try (1), a fault each:',
    '  test/a.test.ts > test 0: Error: no',
    'Failed (1):',
    '  test/a.test.ts > test 1: Error: no',
  ]);
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
