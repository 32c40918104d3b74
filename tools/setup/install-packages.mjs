import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Written after a complete install; says which lock file it was made from, and for which kind of machine. */
const STAMP = '.traceflow-installed';

/**
 * @param {string} root the checkout
 * @returns {string} what the stamp must say
 */
function wanted(root) {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  return `${lock} ${process.platform}-${process.arch}`;
}

/**
 * Runs `npm ci` unless node_modules was installed from this very lock file.
 * @param {string} root the checkout
 * @throws {Error} when npm fails
 */
export function installPackages(root) {
  const stamp = join(root, 'node_modules', STAMP);
  const content = wanted(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === content) return;
  console.log('set-up: npm ci (node_modules does not match package-lock.json)');
  const ran = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32', // npm is a .cmd there
  });
  if (ran.error) throw new Error(`npm could not be started (${ran.error.message}); install Node.js with npm`);
  if (ran.status !== 0) throw new Error('npm ci failed; see its message above. Is the npm registry reachable?');
  writeFileSync(stamp, content);
}
