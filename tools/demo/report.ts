import type { DiagnosedVisit } from '../../test/support/shop-diagnosis.ts';
import { runName } from '../../test/support/shop-journey.ts';

/** Room for the longest name of a run. */
const NAME_WIDTH = 16;

/** What was said of one visit, as a line for people. */
export const textLine = ({ visit, diagnosis }: DiagnosedVisit): string =>
  `${runName(visit).padEnd(NAME_WIDTH)}  ${diagnosis.summary}`;

/** The same for programs. */
export const jsonLine = ({ visit, row, diagnosis, mistake }: DiagnosedVisit): string =>
  JSON.stringify({
    name: visit.fault ?? 'healthy',
    seed: visit.seed,
    session: visit.session,
    ended: visit.ended,
    events: row.events,
    summary: diagnosis.summary,
    mistake,
  });

/** How many diagnoses are right, and what is wrong with the others. */
export function verdictLines(results: readonly DiagnosedVisit[]): string[] {
  const wrong = results.flatMap(({ visit, mistake }) => (mistake === null ? [] : [`  ${runName(visit)}: ${mistake}`]));
  const right = results.length - wrong.length;
  return [`${right} of ${results.length} sessions diagnosed as they should be, with the server stopped.`, ...wrong];
}
