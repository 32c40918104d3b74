import { loadavg } from 'node:os';
import type { Bench, Figure } from './bench-module.ts';
import { type Goal, type Goals, goalText, isMet } from './goals.ts';

/** One printed line: a figure, or the absence of one. */
export interface Result {
  readonly bench: string;
  readonly metric: string;
  /** Null when the bench did not print it, which counts as missed. */
  readonly value: number | null;
  readonly unit: string;
  readonly peer?: string;
  /** One-minute load of the machine at that moment: figures taken under load are worth less. */
  readonly load: number;
  readonly runs: number;
}

const round = (value: number): number => Number(value.toPrecision(4));
const load = (): number => round(loadavg()[0] ?? 0);

/** Runs a bench and yields its results, then a result without a value for each metric it owes. */
export async function* measure(bench: Bench, goals: Goals, quick: boolean): AsyncGenerator<Result> {
  const owed = new Set(bench.metrics ?? Object.keys(goals[bench.name] ?? {}));
  for await (const figure of bench.run({ quick })) {
    owed.delete(figure.metric);
    yield resultOf(bench.name, figure);
  }
  for (const metric of owed) {
    yield {
      bench: bench.name,
      metric,
      value: null,
      unit: goals[bench.name]?.[metric]?.unit ?? '',
      load: load(),
      runs: 0,
    };
  }
}

const resultOf = (bench: string, { metric, value, unit, peer, runs }: Figure): Result => ({
  bench,
  metric,
  value: round(value),
  unit,
  ...(peer === undefined ? {} : { peer }),
  load: load(),
  runs,
});

/** A result for a person, with its goal. */
export function describe(result: Result, goal: Goal | null | undefined): string {
  const figure = result.value === null ? 'not measured' : `${result.value} ${result.unit}`.trim();
  const aim = goal === undefined ? 'no goal' : goalText(goal);
  const verdict = goal === undefined ? '' : isMet(goal, result.value) ? 'met' : 'MISSED';
  const against = result.peer ? `  against ${result.peer}` : '';
  return `${result.metric.padEnd(22)} ${figure.padEnd(16)} ${aim.padEnd(14)} ${verdict.padEnd(7)}${against}`.trimEnd();
}
