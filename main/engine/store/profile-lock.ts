import { join } from 'node:path';
import { AppError } from '../../../shared/lib/app-error.ts';
import { openWriter, type WriteDb } from '../../../shared/node/sqlite.ts';
import { profileError } from './profile-error.ts';

/** How long a program that is just ending gets to let go of the profile. */
const PATIENCE_MS = 2000;

/**
 * Holds a profile for one program at a time. The lock is an open transaction on a tiny database, so the system lets go
 * of it however the program ends.
 * @returns a function that lets go.
 * @throws AppError `conflict` when another program holds it, `internal` when the folder cannot be written.
 */
export function lockProfile(profileDir: string, nativeBinding?: string): () => void {
  const db = openLock(profileDir, nativeBinding);
  try {
    db.exec(`PRAGMA busy_timeout = ${PATIENCE_MS}; BEGIN IMMEDIATE`);
  } catch (error) {
    db.close();
    throw isBusy(error) ? inUse(profileDir, error) : profileError(profileDir, error);
  }
  return () => db.close();
}

function openLock(profileDir: string, nativeBinding: string | undefined): WriteDb {
  try {
    return openWriter({ file: join(profileDir, 'profile.lock'), nativeBinding, synchronous: 'NORMAL' });
  } catch (error) {
    throw isBusy(error) ? inUse(profileDir, error) : profileError(profileDir, error);
  }
}

const isBusy = (error: unknown): boolean => /^SQLITE_BUSY/.test(String((error as { code?: unknown } | null)?.code));

const inUse = (profileDir: string, cause: unknown): AppError =>
  new AppError(
    'conflict',
    `The profile ${profileDir} is in use by another TRACEFLOW. Close it, or choose another profile.`,
    { cause },
  );
