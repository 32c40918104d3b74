// node tools/build.ts [target...]: builds what has changed; without names, everything.
import { buildTargets } from './build/build-targets.ts';
import { printReport } from './build/print-report.ts';
import { TARGETS } from './build/targets.ts';

const names = process.argv.slice(2);
const unknown = names.filter((name) => !TARGETS.some((target) => target.name === name));
if (unknown.length > 0) {
  console.error(`build: no target ${unknown.join(', ')}; there are ${TARGETS.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
const chosen = names.length === 0 ? TARGETS : TARGETS.filter(({ name }) => names.includes(name));
process.exitCode = printReport(await buildTargets(chosen)) ? 0 : 1;
