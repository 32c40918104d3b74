import { execFileSync, spawnSync } from 'node:child_process';
import type { DisplayOwner } from '../display/virtual-display.ts';

/** Made for the tests alone: no password, no shell, no home of its own. */
const USER = 'traceflow-e2e';

const idOf = (flag: string): number => Number(execFileSync('id', [flag, USER], { encoding: 'utf8' }).trim());
const exists = (): boolean => spawnSync('id', ['-u', USER], { stdio: 'ignore' }).status === 0;

/**
 * Chromium refuses its sandbox to root, and the sandbox is part of what the tests are about; so root runs them as this
 * user. Made if missing.
 * @returns null when it cannot be made
 */
export function e2eUser(): DisplayOwner | null {
  if (!exists()) {
    const args = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent'];
    spawnSync('useradd', [...args, '--shell', '/usr/sbin/nologin', USER], { stdio: 'ignore' });
  }
  return exists() ? { uid: idOf('-u'), gid: idOf('-g') } : null;
}

/** Whether a user may make the namespaces that Chromium's sandbox is built from. */
export const canSandbox = (owner?: DisplayOwner): boolean =>
  spawnSync('unshare', ['--user', '--map-root-user', 'true'], { stdio: 'ignore', ...owner }).status === 0;
