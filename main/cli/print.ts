import type { Job } from '../../shared/ipc/job.ts';
import type { Diagnosis } from '../../shared/model/finding.ts';
import type { SessionRow } from '../../shared/model/session.ts';

/** Where a command writes. Progress goes to `error`, and only to a terminal. */
export interface Output {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  readonly isTerminal: boolean;
  readonly json: boolean;
}

/** Recorded text may hold control characters that would drive a terminal: they are written out. */
export const safe = (text: string): string =>
  text.replace(
    /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );

/** A line of people's text, or a line of JSON. */
export function print(output: Output, value: unknown, lines: readonly string[]): void {
  if (output.json) output.out(`${JSON.stringify(value)}\n`);
  else for (const line of lines) output.out(`${line}\n`);
}

/** Shows a job's progress on one line of a terminal; nothing elsewhere. */
export function showProgress(output: Output): (job: Job) => void {
  return (job) => {
    if (!output.isTerminal || output.json) return;
    const share = job.total ? ` ${Math.floor((100 * job.done) / job.total)} %` : '';
    output.error(`\r\x1b[K${job.state === 'running' ? `${safe(job.title)}${share}` : ''}`);
  };
}

const time = (at: number): string => new Date(at).toISOString().replace('T', ' ').slice(0, 19);

/** One session on one line. */
export const sessionLine = (row: SessionRow): string =>
  [
    row.key,
    time(row.startedAt),
    `${Math.round(row.durationMs / 1000)} s`,
    row.user ?? '-',
    row.entryUrl || '-',
    row.verdict ?? '-',
  ]
    .map(safe)
    .join('  ');

/** Everything of a session, a line each. */
export const sessionLines = (row: SessionRow): string[] =>
  Object.entries({ ...row, startedAt: time(row.startedAt) }).map(
    ([name, value]) => `${name}: ${safe(String(value ?? '-'))}`,
  );

/** The summary first, then each finding with its chain. */
export function diagnosisLines(diagnosis: Diagnosis): string[] {
  const lines = [safe(diagnosis.summary)];
  for (const finding of diagnosis.findings) {
    lines.push('', `${finding.verdict}  ${safe(finding.title)}`);
    for (const link of finding.chain) {
      lines.push(
        `  ${time(link.at)}  ${link.role.padEnd(8)}  ${safe(link.text)}${link.edge ? `  (${safe(link.edge.why)})` : ''}`,
      );
    }
    for (const { text } of finding.against) lines.push(`  against: ${safe(text)}`);
    for (const text of finding.missing) lines.push(`  missing: ${safe(text)}`);
  }
  return lines;
}
