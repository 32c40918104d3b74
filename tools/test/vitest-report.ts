import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import type { FailedTest, Tally } from './tally.ts';

const Assertion = z.object({
  status: z.string(),
  fullName: z.string().default(''),
  failureMessages: z.array(z.string()).nullish(),
});

/** The part of vitest's JSON report that we count from. */
const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(Assertion),
    }),
  ),
});
type FileReport = z.infer<typeof Report>['testResults'][number];

const firstLine = (text: string | undefined): string => stripVTControlCharacters(text ?? '').split('\n', 1)[0] ?? '';

function failuresIn({ name, status, message, assertionResults }: FileReport, root: string): FailedTest[] {
  const file = relative(root, name);
  const tests = assertionResults
    .filter((test) => test.status === 'failed')
    .map((test) => ({ file, name: test.fullName, reason: firstLine(test.failureMessages?.[0]) }));
  return tests.length > 0 || status !== 'failed' ? tests : [{ file, name: '', reason: firstLine(message) }];
}

/**
 * Counts a report. A file that failed without a failed test (it did not load, or a hook threw) counts as one failure, and
 * so does a run that ended badly although every test passed (an error outside of the tests).
 * @param root the folder that the paths in the result are below
 */
export function tallyReport(name: string, report: unknown, exitCode: number, root: string): Required<Tally> {
  const files = Report.parse(report).testResults;
  const all = files.flatMap(({ assertionResults }) => assertionResults.map(({ status }) => status));
  const passed = all.filter((status) => status === 'passed').length;
  const skipped = all.filter((status) => status !== 'passed' && status !== 'failed').length;
  const failures = files.flatMap((file) => failuresIn(file, root));
  if (exitCode !== 0 && failures.length === 0) {
    failures.push({ file: name, name: '', reason: `an error outside of the tests; vitest ended with ${exitCode}` });
  }
  return { name, passed, failed: failures.length, skipped, failures, unsteady: [] };
}

/**
 * What a run comes to when the files with failures were run once more by themselves: their second results count instead
 * of their first ones, and what failed at first and then passed is kept as unsteady.
 */
export function withSecondTry(
  first: Required<Tally>,
  report: unknown,
  second: Required<Tally>,
  root: string,
): Required<Tally> {
  const again = new Set(first.failures.map(({ file }) => file));
  const testResults = Report.parse(report).testResults.filter(({ name }) => !again.has(relative(root, name)));
  const others = tallyReport(first.name, { testResults }, 0, root);
  const still = new Set(second.failures.map(({ file, name }) => `${file}\n${name}`));
  return {
    ...second,
    passed: others.passed + second.passed,
    skipped: others.skipped + second.skipped,
    unsteady: first.failures.filter(({ file, name }) => !still.has(`${file}\n${name}`)),
  };
}
