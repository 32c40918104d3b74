import { StorageFullError } from '../storage.ts';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'SQLITE_FULL']);

/** Recognises what the system and SQLite say when there is no room left; passes anything else on. */
export function asStorageError(error: unknown): unknown {
  const isFull = error instanceof Error && 'code' in error && FULL.has(String(error.code));
  if (!isFull) return error;
  return new StorageFullError(
    'The disk of the server is full: nothing was kept or erased. Try again when there is room.',
    { cause: error },
  );
}
