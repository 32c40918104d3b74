/** Where the server reports to; a pino logger is one. Secrets, bodies and query strings are never handed to it. */
export interface ServerLog {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
