import type { BuildReport } from './build-targets.ts';

/**
 * Says what was built and what failed.
 * @param print for the good news; failures always go to the error output
 * @returns whether all is well
 */
export function printReport(report: BuildReport, print: (line: string) => void = console.log): boolean {
  if (report.built.length > 0) print(`built: ${report.built.join(', ')}`);
  if (report.absent.length > 0) print(`nothing to build yet: ${report.absent.join(', ')}`);
  for (const { name, error } of report.failed) {
    console.error(`build of ${name} failed: ${error instanceof Error ? error.message : String(error)}`);
  }
  return report.failed.length === 0;
}
