import { createRedactor, type RedactionCounts } from '../../../shared/ai/index.ts';
import type { Finding } from '../../../shared/model/finding.ts';
import type { SessionRow } from '../../../shared/model/session.ts';
import type { Signal } from '../../../shared/model/signal.ts';
import { formatMany } from '../../ui/format-count.ts';
import { formatDuration, formatGap } from '../../ui/format-duration.ts';
import { layoutChain, ROLE_WORDS } from './chain-layout.ts';

/** Steps that reproduce it: the last ones before the person reacted. */
const MAX_STEPS = 20;
const STEP_KINDS: ReadonlySet<Signal['kind']> = new Set(['page', 'click', 'input', 'submit']);

/** What a finding says, for an issue. */
export interface FindingMarkdown {
  readonly text: string;
  /** What was taken out, by kind. */
  readonly redactions: RedactionCounts;
}

/**
 * A finding as Markdown: title, chain, steps, evidence with times. What comes from the recording is redacted and stands in
 * code spans, where it can neither link nor mention nor format.
 */
export function findingMarkdown(finding: Finding, row: SessionRow, signals: readonly Signal[]): FindingMarkdown {
  const redactor = createRedactor(row.user === null ? [] : [row.user]);
  const said = (text: string): string => codeSpan(redactor.text(text.replaceAll(' -> ', ' → '), 500));
  const at = (signal: Signal): string => formatDuration(signal.at - row.startedAt);
  const cited = new Set([...finding.chain, ...finding.against].flatMap((link) => link.signals));
  const until = finding.chain.findLast(({ role }) => role !== 'reaction')?.at ?? row.startedAt;
  const steps = signals.filter((signal) => STEP_KINDS.has(signal.kind) && signal.at <= until).slice(-MAX_STEPS);
  const facts = [
    `**${finding.verdict}** (${finding.fault})`,
    `recorded ${new Date(row.startedAt).toISOString()}`,
    row.release === null ? '' : `release ${said(row.release)}`,
    `page ${said(row.entryUrl)}`,
    `session ${codeSpan(row.key)}`,
  ];
  const section = (title: string, lines: readonly string[]): string =>
    lines.length === 0 ? '' : `#### ${title}\n\n${lines.join('\n')}\n`;

  const parts = [
    `### ${said(finding.title)}\n`,
    `${facts.filter((fact) => fact !== '').join(' · ')}\n`,
    section(
      'What happened',
      layoutChain(finding, row.startedAt).map(({ atMs, role, text, edge }, index) => {
        const why = edge ? ` (+${formatGap(edge.gapMs)}, ${said(edge.why)}, strength ${edge.strength.toFixed(1)})` : '';
        return `${index + 1}. ${formatDuration(atMs)} ${ROLE_WORDS[role].toLowerCase()}: ${said(text)}${why}`;
      }),
    ),
    section(
      'Steps',
      steps.map((signal, index) => `${index + 1}. ${said(signal.text)}`),
    ),
    section(
      'Evidence',
      signals.filter(({ id }) => cited.has(id)).map((signal) => `- ${at(signal)} ${signal.kind}: ${said(signal.text)}`),
    ),
    section(
      'What speaks against it',
      finding.against.map(({ text }) => `- ${said(text)}`),
    ),
    section(
      'What is missing to be sure',
      finding.missing.map((text) => `- ${said(text)}`),
    ),
  ];
  const redactions = redactor.counts();
  const count = Object.values(redactions).reduce((sum, one) => sum + one, 0);
  const foot = count > 0 ? `${formatMany(count, 'value')} taken out, marked like this: \`⟦kind 1⟧\`.\n` : '';
  return { text: [...parts, foot].filter((part) => part !== '').join('\n'), redactions };
}

/** A code span that holds any text: its fence is longer than any run of backticks inside (CommonMark, 6.1). */
function codeSpan(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return `${fence}${pad}${text === '' ? '-' : text}${pad}${fence}`;
}
