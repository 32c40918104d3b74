import { AppError, type ErrorCode, messageOf } from './app-error.ts';

/** An error as plain data: a class and its fields do not survive a process boundary. */
export interface WireError {
  readonly code: ErrorCode;
  readonly message: string;
}

/** The answer to a call that crossed a process boundary. */
export type WireResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: WireError };

/** Turns anything thrown into data; whatever is not an `AppError` becomes `internal`. */
export const toWireError = (error: unknown): WireError => ({
  code: error instanceof AppError ? error.code : 'internal',
  message: messageOf(error),
});

/** @throws AppError with the code and message of the other side. */
export function unwrap<T>(result: WireResult<T>): T {
  if (result.ok) return result.value;
  throw new AppError(result.error.code, result.error.message);
}
