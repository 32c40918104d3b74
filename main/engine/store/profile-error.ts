import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../../../shared/lib/app-error.ts';
import { diskReason } from './disk-error.ts';

/** What SQLite needs at once beside its file: the index of its log has 32 kB. */
const PROBE_BYTES = 64 * 1024;

/** What to tell when a profile cannot be opened; an `AppError` is passed through. */
export const profileError = (profileDir: string, cause: unknown): AppError =>
  cause instanceof AppError
    ? cause
    : new AppError(
        'internal',
        `The profile ${profileDir} cannot be opened: ${diskReason(whyNot(profileDir) ?? cause)}.`,
        {
          cause,
        },
      );

/** SQLite only says that it "cannot open" a file or met an "I/O error"; the system says why. */
function whyNot(profileDir: string): unknown {
  let folder = profileDir;
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  const probe = join(folder, `.traceflow-probe-${process.pid}`);
  try {
    writeFileSync(probe, new Uint8Array(PROBE_BYTES));
    return null;
  } catch (error) {
    return error;
  } finally {
    rmSync(probe, { force: true });
  }
}
