import { AppError, messageOf } from '../../../shared/lib/app-error.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full. Free some space and try again',
  EDQUOT: 'your disk quota is used up. Free some space and try again',
  EROFS: 'the disk is read-only',
  EACCES: 'you are not allowed to write there',
  EPERM: 'you are not allowed to write there',
  EIO: 'the disk reports an error',
  ENOENT: 'the folder is gone',
};

/** A failure of the file system in words; an `AppError` is passed through. */
export function diskError(error: unknown, file: string): AppError {
  if (error instanceof AppError) return error;
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  return new AppError('internal', `${file} could not be written: ${REASONS[code] ?? messageOf(error)}.`, {
    cause: error,
  });
}
