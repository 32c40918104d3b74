import type { InputOf, OutputOf } from '../../shared/ipc/call.ts';
import type { ShellBridge } from '../../shared/ipc/shell-bridge.ts';
import type { ShellCalls } from '../../shared/ipc/shell-calls.ts';
import { unwrap, type WireResult } from '../../shared/lib/result.ts';
import type { SavedText } from '../state/saved.ts';

declare global {
  interface Window {
    /** Put there by the preload; the page has no other way to the shell. */
    readonly traceflowShell: ShellBridge;
  }
}

/** Calls the window may make; a drop goes through `importDropped`, because the page knows no paths. */
type WindowShellCall = Exclude<keyof ShellCalls, 'drop.import'>;

/** The shell as the window sees it. */
export interface ShellClient {
  /** @throws AppError as the shell answered. */
  call<K extends WindowShellCall>(name: K, input: InputOf<ShellCalls, K>): Promise<OutputOf<ShellCalls, K>>;
  /** Imports files dropped on the window. @throws AppError when none of them can be opened. */
  importDropped(files: readonly File[]): Promise<OutputOf<ShellCalls, 'drop.import'>>;
  readonly saved: SavedText;
  /** Answered by a `traceflow:frame-port` message, see `receivePorts`. */
  openFramePort(key: string): void;
}

/** The typed face of the preload's bridge. */
export const createShellClient = (bridge: ShellBridge): ShellClient => ({
  call: async (name, input) => unwrap((await bridge.call(name, input)) as WireResult<never>),
  importDropped: async (files) => unwrap(await bridge.droppedFiles(files)),
  saved: { read: () => bridge.savedState, write: (text) => bridge.saveState(text) },
  openFramePort: (key) => bridge.openFramePort(key),
});
