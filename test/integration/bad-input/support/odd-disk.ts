import { execFile, execFileSync } from 'node:child_process';
import { notice } from '../../../support/notice.ts';

const NAMESPACE = ['--user', '--map-root-user', '--mount', 'sh', '-c'];

/** Whether this system lets a user mount disks of their own that nobody else sees; says so when not. */
export function canMount(): boolean {
  try {
    execFileSync('unshare', [...NAMESPACE, 'mount -t tmpfs -o size=1m tmpfs /mnt'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    notice(`full and read-only disks: not tested, this system lets nobody mount one (${String(error).split('\n')[0]})`);
    return false;
  }
}

/** Runs a shell script where mounts are its own. @returns what it printed on both outputs. */
export const inOwnMounts = (script: string, env: Readonly<Record<string, string>>): Promise<string> =>
  new Promise((done) => {
    execFile(
      'unshare',
      [...NAMESPACE, script],
      { env: { ...process.env, ...env }, maxBuffer: 1e7 },
      (_error, out, error) => done(out + error),
    );
  });
