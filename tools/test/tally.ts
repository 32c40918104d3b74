/** How one part of a test run went. */
export interface Tally {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Several parts as one. */
export const sumOf = (name: string, tallies: readonly Tally[]): Tally => ({
  name,
  passed: tallies.reduce((sum, tally) => sum + tally.passed, 0),
  failed: tallies.reduce((sum, tally) => sum + tally.failed, 0),
  skipped: tallies.reduce((sum, tally) => sum + tally.skipped, 0),
});

/** The last line of a run, read by machines: `N passed, N failed`, with `, N skipped` only if there were any. */
export function lastLine(tallies: readonly Tally[]): string {
  const { passed, failed, skipped } = sumOf('all', tallies);
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** A run is good when something passed and nothing failed; a run without tests proves nothing. */
export const isGood = (tallies: readonly Tally[]): boolean => {
  const { passed, failed } = sumOf('all', tallies);
  return passed > 0 && failed === 0;
};
