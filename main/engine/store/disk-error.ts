import { AppError, messageOf } from '../../../shared/lib/app-error.ts';

/** [what the system or SQLite says, the reason, the way out]. SQLite's extended codes begin with their plain one. */
const REASONS: readonly (readonly [RegExp, string, string])[] = [
  [/^(ENOSPC|SQLITE_FULL)/, 'the disk is full', 'Free some space and try again'],
  [/^EDQUOT/, 'your disk quota is used up', 'Free some space and try again'],
  [/^(EROFS|SQLITE_READONLY)/, 'the disk or the folder is read-only', 'Make it writable, or choose another folder'],
  [/^(EACCES|EPERM)/, 'you are not allowed to write there', 'Change its rights, or choose another folder'],
  [/^(EIO|SQLITE_IOERR)/, 'the disk reports an error', 'Look after the disk before you go on'],
  [/^ENOENT/, 'the folder is gone', 'Make it again, or choose another folder'],
];

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '');

/** Whether an error says that the disk, not the data, is at fault. */
export const isDiskError = (error: unknown): boolean => REASONS.some(([code]) => code.test(codeOf(error)));

/** Why a disk did not do what it was asked to, and the way out, in words; without a full stop. */
export function diskReason(error: unknown): string {
  const known = REASONS.find(([code]) => code.test(codeOf(error)));
  return known ? `${known[1]}. ${known[2]}` : messageOf(error);
}

/**
 * A failure of the file system in words; an `AppError` is passed through.
 * @param what begins the message: "<what> could not be written".
 */
export function diskError(error: unknown, what: string): AppError {
  if (error instanceof AppError) return error;
  return new AppError('internal', `${what} could not be written: ${diskReason(error)}.`, { cause: error });
}
