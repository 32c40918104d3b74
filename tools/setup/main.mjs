// First half of the set-up, called by npm's pre-scripts. It runs on whatever Node the machine has (18 or newer), before
// any dependency exists, so it is plain JavaScript: it installs the packages and hands over to the Node they bring.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode } from './find-node.mjs';
import { installPackages } from './install-packages.mjs';

const GOALS = ['start', 'test', 'check', 'package'];

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const goal = process.argv[2] ?? 'test';

try {
  if (!GOALS.includes(goal))
    throw new Error(`"${goal}" is not something to set up for; use one of: ${GOALS.join(', ')}`);
  installPackages(root);
  const ran = spawnSync(findNode(root), [join(here, 'machine.ts'), goal], { stdio: 'inherit', cwd: root });
  if (ran.error) throw ran.error;
  process.exitCode = ran.status ?? 1;
} catch (error) {
  console.error(`set-up failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
