import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DisplayOwner } from '../display/virtual-display.ts';

/** A run that was killed could not clean up after itself; its process id in the name says that it is over. */
function removeAbandoned(): void {
  for (const name of readdirSync('/tmp')) {
    const pid = /^traceflow-e2e-(\d+)-/.exec(name)?.[1];
    if (pid && !existsSync(`/proc/${pid}`)) rmSync(join('/tmp', name), { recursive: true, force: true });
  }
}

/** A folder under /tmp that any user can enter, with a home, a place for results and one for temporary files. */
export function makeScratch(owner: DisplayOwner): string {
  removeAbandoned();
  const scratch = mkdtempSync(`/tmp/traceflow-e2e-${process.pid}-`);
  chmodSync(scratch, 0o755);
  for (const name of ['home', 'results', 'tmp', 'runtime', 'vitest']) {
    mkdirSync(join(scratch, name), { mode: 0o700 });
    chownSync(join(scratch, name), owner.uid, owner.gid);
  }
  return scratch;
}

/** Everything that programs look up about the user who runs them. */
export const homeEnv = (scratch: string): Record<string, string> => ({
  HOME: join(scratch, 'home'),
  USER: 'traceflow-e2e',
  LOGNAME: 'traceflow-e2e',
  TMPDIR: join(scratch, 'tmp'),
  XDG_RUNTIME_DIR: join(scratch, 'runtime'),
  XDG_CONFIG_HOME: join(scratch, 'home', '.config'),
  XDG_CACHE_HOME: join(scratch, 'home', '.cache'),
  XDG_DATA_HOME: join(scratch, 'home', '.local', 'share'),
  TRACEFLOW_TEST_RESULTS: join(scratch, 'results'),
});
