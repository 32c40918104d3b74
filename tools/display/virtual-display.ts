import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** A screen without a monitor. */
export interface VirtualDisplay {
  /** For the DISPLAY variable, like ":99". */
  readonly name: string;
  stop(): void;
}

/** Who owns it; programs of other users cannot draw on it. */
export interface DisplayOwner {
  readonly uid: number;
  readonly gid: number;
}

/** Room for the window at its default size with its tool panels open. */
const SCREEN = '1600x1000x24';

/** Whether there is a screen to show a window on. Only Linux can be without one. */
export const hasDisplay = (env: NodeJS.ProcessEnv = process.env): boolean =>
  process.platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);

/** Starts Xvfb on a free display number of its own choice. @throws when it is not installed or does not come up */
export async function startVirtualDisplay(owner?: DisplayOwner): Promise<VirtualDisplay> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-dpi', '96'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    ...owner,
  });
  const ended = once(server, 'exit').then(() => {
    throw new Error('Xvfb ended before it had a display; is another program using all display numbers?');
  });
  const firstLine = once(createInterface({ input: server.stdio[3] as Readable }), 'line');
  const [number] = (await Promise.race([firstLine, ended])) as [string];
  ended.catch(() => undefined); // from here on its end is ours to cause
  server.unref();
  return { name: `:${number.trim()}`, stop: () => void server.kill() };
}
