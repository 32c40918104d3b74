import type { Soak } from './soak-module.ts';
import type { SoakState } from './soak-state.ts';

/** What a reader needs to repeat a soak. */
export interface SoakRun {
  readonly command: string;
  readonly commit: string;
  readonly machine: string;
  readonly date: string;
}

/** The whole of docs/soak/NAME.md. */
export function summaryText(soak: Soak, state: SoakState, { command, commit, machine, date }: SoakRun): string {
  const counts = Object.entries(state.counts).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    `# Soak: ${soak.name}`,
    '',
    soak.what,
    '',
    `- command: \`${command}\``,
    `- commit: ${commit}`,
    `- machine: ${machine}`,
    `- last run: ${date}`,
    `- seed: ${state.seed}; steps: ${state.steps}; time spent: ${(state.elapsedMs / 60_000).toFixed(1)} minutes, over all runs`,
    `- failures: ${state.failures.length}`,
    '',
    '| counted | |',
    '| --- | --- |',
    ...counts.map(([name, count]) => `| ${name} | ${count} |`),
    '',
    ...state.failures.map(({ step, seed, text }) => `- step ${step} (seed ${seed}): ${text}`),
    ...(state.failures.length > 0 ? [''] : []),
  ].join('\n');
}
