import { z } from 'zod';
import type { Tally } from './tally.ts';

/** The part of vitest's JSON report that we count from. */
const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});

/**
 * Counts a report. A file that failed without a failed test (it did not load, or a hook threw) counts as one failure, and
 * so does a run that ended badly although every test passed (an error outside of the tests).
 */
export function tallyReport(name: string, report: unknown, exitCode: number): Tally {
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  for (const file of Report.parse(report).testResults) {
    const failedHere = file.assertionResults.filter(({ status }) => status === 'failed').length;
    const passedHere = file.assertionResults.filter(({ status }) => status === 'passed').length;
    passed += passedHere;
    skipped += file.assertionResults.length - failedHere - passedHere;
    failed += file.status === 'failed' ? Math.max(1, failedHere) : failedHere;
  }
  if (exitCode !== 0 && failed === 0) failed = 1;
  return { name, passed, failed, skipped };
}
