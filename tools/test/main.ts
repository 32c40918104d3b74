// npm test: everything; node tools/test/main.ts TIER [FILTER]: one tier, or the files in it whose path contains FILTER.
import { buildTargets } from '../build/build-targets.ts';
import { printReport } from '../build/print-report.ts';
import { testEnvironment } from './environment.ts';
import { openNoticeBox } from './notices.ts';
import { failureLines, isGood, lastLine, type Tally } from './tally.ts';
import { TIERS, type TierRun } from './tiers.ts';

const [only, filter] = process.argv.slice(2);
if (only !== undefined && !TIERS.has(only)) {
  console.error(`test: no tier "${only}"; there are ${[...TIERS.keys()].join(', ')}`);
  process.exit(2);
}

async function build(): Promise<Tally> {
  const good = printReport(await buildTargets());
  return { name: 'build', passed: good ? 1 : 0, failed: good ? 0 : 1, skipped: 0 };
}

const notices = openNoticeBox();
const run: TierRun = { env: testEnvironment(notices.file), notices, ...(filter ? { filter } : {}) };
const tallies: Tally[] = [];

async function timed(name: string, part: () => Promise<Tally>): Promise<void> {
  console.log(`\n== ${name}`);
  const startedAt = Date.now();
  const tally = await part();
  tallies.push(tally);
  console.log(`== ${name}: ${lastLine([tally])} in ${Math.round((Date.now() - startedAt) / 1000)} s`);
}

await timed('build', build);
for (const [name, tier] of TIERS) {
  if (only === undefined || only === name) await timed(name, () => tier(run));
}
const said = notices.empty();
if (said.length > 0) {
  console.log(`\nNot provided by this machine (${said.length}):`);
  for (const { text, times } of said) console.log(`  ${text}${times > 1 ? ` (${times} times)` : ''}`);
}
const complaints = failureLines(tallies);
if (complaints.length > 0) console.log(`\n${complaints.join('\n')}`);
console.log(`\n${lastLine(tallies)}`);
// A build alone is no test: without it something must have passed too.
process.exitCode = isGood(tallies) && isGood(tallies.slice(1)) ? 0 : 1;
