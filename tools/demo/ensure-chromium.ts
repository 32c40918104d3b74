import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { CHECKOUT } from '../setup/checkout.ts';
import { findChromium } from '../setup/find-chromium.ts';

/** Lets the set-up bring a Chromium where there is none. @throws Error when it could not. */
export function ensureChromium(): void {
  let path = findChromium();
  if (path === null) {
    spawnSync(process.execPath, [join(CHECKOUT, 'tools', 'setup', 'main.mjs'), 'test'], { stdio: 'inherit' });
    path = findChromium();
  }
  if (path === null) {
    throw new Error('The demo needs a Chromium to record in. Install one, or name it with TRACEFLOW_CHROMIUM.');
  }
  process.env.TRACEFLOW_CHROMIUM = path;
}
