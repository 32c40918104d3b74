/** One test that failed, as a person looks for it. */
export interface FailedTest {
  /** Path of its file, below the checkout. */
  readonly file: string;
  /** Its full name; that of a file which did not load is empty. */
  readonly name: string;
  /** The first line of what was wrong. */
  readonly reason: string;
}

/** How one part of a test run went. */
export interface Tally {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures?: readonly FailedTest[];
  /** Tests that failed, and passed when their file was run once more: each is a fault to be mended. */
  readonly unsteady?: readonly FailedTest[];
}

/** Several parts as one. */
export const sumOf = (name: string, tallies: readonly Tally[]): Tally => ({
  name,
  passed: tallies.reduce((sum, tally) => sum + tally.passed, 0),
  failed: tallies.reduce((sum, tally) => sum + tally.failed, 0),
  skipped: tallies.reduce((sum, tally) => sum + tally.skipped, 0),
  failures: tallies.flatMap(({ failures }) => failures ?? []),
  unsteady: tallies.flatMap(({ unsteady }) => unsteady ?? []),
});

/** The last line of a run, read by machines: `N passed, N failed`, with `, N skipped` only if there were any. */
export function lastLine(tallies: readonly Tally[]): string {
  const { passed, failed, skipped } = sumOf('all', tallies);
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

const lineOf = ({ file, name, reason }: FailedTest): string => `  ${file}${name && ` > ${name}`}: ${reason}`;

/** What stands above the last line: every test that failed or was unsteady, with its first complaint. */
export function failureLines(tallies: readonly Tally[]): string[] {
  const { failures = [], unsteady = [] } = sumOf('all', tallies);
  return [
    ...(unsteady.length > 0 ? [`Passed only at a second try (${unsteady.length}), a fault each:`] : []),
    ...unsteady.map(lineOf),
    ...(failures.length > 0 ? [`Failed (${failures.length}):`] : []),
    ...failures.map(lineOf),
  ];
}

/** A run is good when something passed and nothing failed; a run without tests proves nothing. */
export const isGood = (tallies: readonly Tally[]): boolean => {
  const { passed, failed } = sumOf('all', tallies);
  return passed > 0 && failed === 0;
};
