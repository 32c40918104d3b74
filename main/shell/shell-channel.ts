import { ipcMain, type WebFrameMain } from 'electron';
import { z } from 'zod';
import type { HandlersOf } from '../../shared/ipc/call.ts';
import type { CallContext } from '../../shared/ipc/dispatch.ts';
import { createDispatcher } from '../../shared/ipc/dispatch.ts';
import { type ShellCalls, shellCalls } from '../../shared/ipc/shell-calls.ts';
import { AppError } from '../../shared/lib/app-error.ts';
import { toWireError } from '../../shared/lib/result.ts';
import { SessionKey } from '../../shared/model/identity.ts';
import type { EngineHost } from './engine-host.ts';
import type { WindowMemory } from './window-memory.ts';
import { WORKBENCH_URL } from './workbench-policy.ts';

/** Far more than a hundred open sessions need, characters. */
const StateText = z.string().max(4_000_000);

/** Only the workbench's own top frame may talk to the shell: not the replay frame inside it, not another page. */
const isWorkbench = (frame: WebFrameMain | null): boolean =>
  frame !== null && frame.parent === null && frame.url.split(/[?#]/)[0] === WORKBENCH_URL;

/** Opens the two channels between windows and the shell. Every message is checked for its sender and its shape. */
export function openShellChannel(
  handlers: HandlersOf<ShellCalls, CallContext>,
  engine: EngineHost,
  memory: WindowMemory,
): void {
  const dispatch = createDispatcher(shellCalls, handlers);
  const never = new AbortController().signal;
  ipcMain.handle('traceflow:shell', (event, name: unknown, input: unknown) =>
    isWorkbench(event.senderFrame)
      ? dispatch(String(name), input, never)
      : { ok: false, error: toWireError(new AppError('unauthorized', 'Only the workbench may call the shell.')) },
  );
  ipcMain.on('traceflow:read-state', (event) => {
    event.returnValue = isWorkbench(event.senderFrame) ? memory.read() : null;
  });
  ipcMain.on('traceflow:save-state', (event, text: unknown) => {
    const parsed = StateText.safeParse(text);
    if (isWorkbench(event.senderFrame) && parsed.success) memory.write(parsed.data);
  });
  ipcMain.on('traceflow:open-frame', (event, key: unknown) => {
    const parsed = SessionKey.safeParse(key);
    if (isWorkbench(event.senderFrame) && parsed.success) engine.openFrame(event.sender, parsed.data);
  });
}
