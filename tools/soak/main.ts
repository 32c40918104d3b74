// npm run soak: lists the soaks; NAME --budget MINUTES [--seed N] [--fresh] runs one, going on where it last stopped.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machineText } from '../bench/report.ts';
import { writeDocument } from '../bench/write-document.ts';
import { CHECKOUT } from '../setup/checkout.ts';
import { withTestMachine } from '../test/test-machine.ts';
import { loadSoak, soakNames } from './soak-module.ts';
import { afterStep, loadState, saveState, stepSeed } from './soak-state.ts';
import { summaryText } from './summary.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { budget: { type: 'string' }, seed: { type: 'string' }, fresh: { type: 'boolean' } },
});

async function run(name: string, budgetMs: number, seed: number): Promise<void> {
  const soak = await loadSoak(name);
  const folder = join(CHECKOUT, 'out', 'soak', `${name}-${seed}`);
  if (values.fresh) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const stateFile = join(folder, 'state.json');
  let state = loadState(stateFile, seed);
  let interrupted = false;
  process.once('SIGINT', () => {
    interrupted = true;
    console.log('Stopping after this step.');
  });
  const endAt = Date.now() + budgetMs;
  while (Date.now() < endAt && !interrupted) {
    const startedAt = Date.now();
    const outcome = await soak.step({ seed: stepSeed(seed, state.steps), index: state.steps, folder });
    for (const failure of outcome.failures ?? []) console.error(`step ${state.steps}: ${failure}`);
    state = afterStep(state, outcome, Date.now() - startedAt);
    saveState(stateFile, state);
  }
  await soak.finish?.();
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: CHECKOUT, encoding: 'utf8' }).trim();
  const command = `npm run soak -- ${name} --budget ${values.budget} --seed ${seed}`;
  const date = new Date().toISOString().slice(0, 10);
  writeDocument(`docs/soak/${name}.md`, summaryText(soak, state, { command, commit, machine: machineText(), date }));
  console.log(`${state.steps} steps, ${state.failures.length} failures`);
  if (state.failures.length > 0) process.exitCode = 1;
}

const [name] = positionals;
const minutes = Number(values.budget);
const seed = Number(values.seed ?? 1);
if (name === undefined) {
  console.log(soakNames().join('\n') || 'There are no soaks yet.');
} else if (!soakNames().includes(name) || !(minutes > 0) || !Number.isSafeInteger(seed)) {
  console.error(
    `soak: use NAME --budget MINUTES [--seed N] [--fresh]; NAME is one of: ${soakNames().join(', ') || 'none yet'}`,
  );
  process.exitCode = 2;
} else {
  await withTestMachine(() => run(name, minutes * 60_000, seed));
}
