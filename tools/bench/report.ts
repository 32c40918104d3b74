import { cpus, totalmem, type } from 'node:os';
import { type Goals, goalText, isMet, type Notes } from './goals.ts';
import type { Result } from './measure.ts';

/** What a reader must know to judge the figures. */
export interface Circumstances {
  readonly machine: string;
  readonly commit: string;
  readonly date: string;
  readonly quick: boolean;
}

/** The machine in a few words. */
export const machineText = (): string =>
  `${cpus().length} x ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GB, ${type()}, Node ${process.versions.node}`;

const verdictOf = (goals: Goals, { bench, metric, value }: Result): string => {
  const goal = goals[bench]?.[metric];
  if (goal === undefined) return '';
  return isMet(goal, value) ? 'met' : '**missed**';
};

const row = (goals: Goals, result: Result): string => {
  const goal = goals[result.bench]?.[result.metric];
  const value = result.value === null ? 'not measured' : `${result.value} ${result.unit}`.trim();
  const cells = [
    result.metric,
    value,
    goal === undefined ? '' : goalText(goal),
    verdictOf(goals, result),
    result.peer ?? '',
    String(result.load),
    String(result.runs),
  ];
  return `| ${cells.join(' | ')} |`;
};

/** The whole of docs/PERFORMANCE.md. */
export function reportText(
  results: readonly Result[],
  goals: Goals,
  { machine, commit, date, quick }: Circumstances,
  notes: Notes,
): string {
  const benches = [...new Set(results.map(({ bench }) => bench))];
  const sections = benches.map((bench) =>
    [
      `## ${bench}`,
      '',
      `\`npm run bench -- ${bench}${quick ? ' --quick' : ''}\``,
      '',
      '| metric | value | goal | | against | load | runs |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      ...results.filter((result) => result.bench === bench).map((result) => row(goals, result)),
      ...(notes[bench] ?? []).flatMap((note) => ['', note]),
    ].join('\n'),
  );
  const unwritten = Object.keys(goals).filter((bench) => !benches.includes(bench));
  return [
    '# Performance',
    '',
    'Made by `npm run bench -- --report`. Ratios are medians of runs taken in turns with the peer; a load above the number of',
    'processors means that other work was going on. Absolute times are reported, never required.',
    '',
    `- machine: ${machine}`,
    `- commit: ${commit}`,
    `- date: ${date}`,
    ...(quick ? ['- quick runs: they show that the benches work, not what to quote'] : []),
    ...(unwritten.length > 0 ? [`- not written yet: ${unwritten.join(', ')}`] : []),
    '',
    ...sections.flatMap((section) => [section, '']),
  ].join('\n');
}
