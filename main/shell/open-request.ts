import { isAbsolute, resolve } from 'node:path';

/** What the command line, the file manager or a link asked the app to open. */
export interface OpenRequest {
  readonly files: readonly string[];
  /** Session keys named by `traceflow://session/<key>`. */
  readonly sessions: readonly string[];
}

const SESSION_LINK = /^traceflow:\/\/session\/([0-9a-f]{32})\/?$/;

/**
 * Reads arguments after the program's own. Flags are skipped; a link is only ever a session's key, so that a web page
 * that opens `traceflow:` links can neither name a file nor run anything.
 */
export function readOpenRequest(args: readonly string[], cwd: string): OpenRequest {
  const words = args.filter((arg) => !arg.startsWith('-'));
  const sessions = words.map((word) => SESSION_LINK.exec(word)?.[1]).filter((key) => key !== undefined);
  const files = words
    .filter((word) => !/^[a-z][a-z0-9+.-]+:/i.test(word))
    .map((file) => (isAbsolute(file) ? file : resolve(cwd, file)));
  return { files, sessions };
}

/**
 * The arguments that are ours. An installed program has its own path first; in development the runtime comes first, then
 * whatever a debugger adds, then the folder of the app.
 */
export function ownArguments(
  argv: readonly string[],
  app: { readonly packaged: boolean; readonly path: string },
): readonly string[] {
  if (app.packaged) return argv.slice(1);
  const at = argv.findIndex((arg, index) => index > 0 && !arg.startsWith('-') && resolve(arg) === resolve(app.path));
  return at < 0 ? [] : argv.slice(at + 1);
}
