import { join } from 'node:path';
import { AppError } from '../../../shared/lib/app-error.ts';
import { openWriter } from '../../../shared/node/sqlite.ts';

/** How long a program that is just ending gets to let go of the profile. */
const PATIENCE_MS = 2000;

/**
 * Holds a profile for one program at a time. The lock is an open transaction on a tiny database, so the system lets go
 * of it however the program ends.
 * @returns a function that lets go.
 * @throws AppError `conflict` when another program holds it.
 */
export function lockProfile(profileDir: string, nativeBinding?: string): () => void {
  const db = openWriter({ file: join(profileDir, 'profile.lock'), nativeBinding, synchronous: 'NORMAL' });
  try {
    db.exec(`PRAGMA busy_timeout = ${PATIENCE_MS}; BEGIN IMMEDIATE`);
  } catch (error) {
    db.close();
    throw new AppError(
      'conflict',
      `The profile ${profileDir} is in use by another TRACEFLOW. Close it, or choose another profile.`,
      { cause: error },
    );
  }
  return () => db.close();
}
