import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { CHECKOUT } from '../setup/checkout.ts';
import type { Tally } from '../test/tally.ts';
import { type CheckStep, checkSteps } from './steps.ts';

/** Runs one check. @returns what it printed when it found something, else null */
async function complaintOf({ name, args }: CheckStep): Promise<string | null> {
  const child = spawn(process.execPath, args, { cwd: CHECKOUT, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return code === 0 ? null : printed.trim() || `${name} ended with ${code}`;
}

/** Runs every check, one line each; what a check complains about is printed below it. */
export async function runChecks(): Promise<Tally> {
  let passed = 0;
  let failed = 0;
  for (const step of checkSteps()) {
    const complaint = await complaintOf(step);
    if (complaint === null) passed++;
    else failed++;
    console.log(`${complaint === null ? 'ok  ' : 'FAIL'} ${step.name}`);
    if (complaint !== null) console.log(complaint);
  }
  return { name: 'check', passed, failed, skipped: 0 };
}
