import type { WireResult } from '../lib/result.ts';

/**
 * What the preload puts on `window.traceflowShell`. Beside it the page receives window messages of its own origin:
 * - `{ type: 'traceflow:engine-port' }` with a port to the engine, again after each restart of the engine
 * - `{ type: 'traceflow:frame-port', key }` with the data port for that session's replay frame
 * - `{ type: 'traceflow:engine-failed', reason }` when the engine was given up
 * - `{ type: 'traceflow:open-session', key }` when a link or a file asked for a session
 * - `{ type: 'traceflow:recovered' }` when the window's process had crashed and the page was loaded again
 * - `{ type: 'traceflow:command', id }` when a command was chosen in the application menu
 */
export interface ShellBridge {
  /** One of `shellCalls`. */
  call(name: string, input: unknown): Promise<WireResult<unknown>>;
  /** Imports files that were dropped on the page; their paths are looked up outside the page. */
  droppedFiles(files: readonly ShellFile[]): Promise<WireResult<{ readonly jobId: string | null }>>;
  /** What `saveState` kept last, as the page was loaded; null on the first start. */
  readonly savedState: string | null;
  /** Keeps the window's state where neither a crash of the page nor the end of the app can take it. */
  saveState(text: string): void;
  /** Answered by a `traceflow:frame-port` message. */
  openFramePort(key: string): void;
}

/** A DOM `File`, named so that this contract does not need the DOM's types. */
export interface ShellFile {
  readonly name: string;
  readonly size: number;
}
