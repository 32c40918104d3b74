// npm run bench: lists the benches; NAME [--json] [--quick] runs one; --report [--quick] runs all and writes docs/PERFORMANCE.md.
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { CHECKOUT } from '../setup/checkout.ts';
import { withTestMachine } from '../test/test-machine.ts';
import { benchNames, loadBench } from './bench-module.ts';
import { goalText, readGoals, readNotes } from './goals.ts';
import { describe, measure, type Result } from './measure.ts';
import { machineText, reportText } from './report.ts';
import { writeDocument } from './write-document.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, quick: { type: 'boolean' }, report: { type: 'boolean' } },
});
const goals = readGoals();
const names = benchNames();
const quick = values.quick === true;

function list(): void {
  for (const name of [...new Set([...Object.keys(goals), ...names])]) {
    const aims = Object.entries(goals[name] ?? {}).map(([metric, goal]) => `${metric} ${goalText(goal)}`);
    console.log(`${name.padEnd(15)} ${names.includes(name) ? '' : '(not written yet) '}${aims.join(', ')}`);
  }
}

async function runOne(name: string): Promise<Result[]> {
  const results: Result[] = [];
  if (!values.json) console.log(`${name}:`);
  for await (const result of measure(await loadBench(name), goals, quick)) {
    results.push(result);
    console.log(values.json ? JSON.stringify(result) : `  ${describe(result, goals[name]?.[result.metric])}`);
  }
  return results;
}

async function report(): Promise<void> {
  const results: Result[] = [];
  for (const name of names) results.push(...(await runOne(name)));
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: CHECKOUT, encoding: 'utf8' }).trim();
  const circumstances = { machine: machineText(), commit, date: new Date().toISOString().slice(0, 10), quick };
  writeDocument('docs/PERFORMANCE.md', reportText(results, goals, circumstances, readNotes()));
}

const [name] = positionals;
if (values.report) await withTestMachine(report);
else if (name === undefined) list();
else if (names.includes(name)) await withTestMachine(() => runOne(name));
else {
  console.error(`bench: there is no "${name}"; without a name this lists them`);
  process.exitCode = 2;
}
