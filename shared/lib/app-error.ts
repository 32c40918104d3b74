/** The few reasons a request can fail for, so that every side can react to the reason instead of the wording. */
export type ErrorCode =
  | 'bad-request' // the caller's input is not acceptable; the message says which part
  | 'not-found'
  | 'conflict' // the same identity with other content
  | 'unauthorized'
  | 'damaged' // stored or imported bytes are not what they should be
  | 'unsupported' // readable, but made by a newer version or of a kind we do not open
  | 'too-large'
  | 'offline' // the other side could not be reached
  | 'cancelled'
  | 'internal';

/** An error meant for a person: `message` names the thing, the reason and the way out. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The wording of anything thrown, without the stack. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A reason as the end of a sentence: with exactly one full stop, or the question mark it ends in. */
export const sentence = (reason: string): string =>
  /\?\s*$/.test(reason) ? reason : `${reason.replace(/[.\s]+$/, '')}.`;
