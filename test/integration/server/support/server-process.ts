import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../../server/main.ts', import.meta.url));

/** What a finished command left. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `traceflow-server` with these arguments until it ends. */
export const runServerCommand = (...args: string[]): Promise<Finished> => runServerCommandWith({}, ...args);

/** The same with more in its environment. */
export const runServerCommandWith = (env: Record<string, string>, ...args: string[]): Promise<Finished> =>
  new Promise((resolve) => {
    const options = { env: { ...process.env, ...env } };
    const child = execFile(process.execPath, [MAIN, ...args], options, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });

/** A project made by the real command. */
export interface Project {
  readonly dir: string;
  readonly writeKey: string;
  readonly readToken: string;
}

/** Makes a project in a folder, as a person does. */
export async function initByCommand(dir: string, name = 'Shop'): Promise<Project> {
  const { code, stdout, stderr } = await runServerCommand('init', '--dir', dir, '--name', name);
  const [writeKey] = /tfw_\w{32}/.exec(stdout) ?? [];
  const [readToken] = /tfr_\w{32}/.exec(stdout) ?? [];
  if (code !== 0 || !writeKey || !readToken) throw new Error(`init failed: ${stdout}${stderr}`);
  return { dir, writeKey, readToken };
}

/** A server in a process of its own. */
export interface ServerProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** What it logged so far. */
  log(): string;
  /** What it printed so far. */
  printed(): string;
  /** Ends it and waits until it is gone. @returns its exit code, or the signal's name. */
  stop(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
}

/**
 * Starts the server and waits until it prints its URL. `wrap` puts another command in front; `port` is for one that takes
 * the place of another; `more` are further arguments; `program` is the server's, by default its source.
 */
export async function startServer(
  dir: string,
  wrap: readonly string[] = [],
  port = 0,
  more: readonly string[] = [],
  program = MAIN,
): Promise<ServerProcess> {
  const own = [process.execPath, program, '--dir', dir, '--port', `${port}`, ...more];
  const [command = process.execPath, ...args] = [...wrap, ...own];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  let log = '';
  child.stderr.on('data', (part) => {
    log += part;
  });
  let out = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (part) => {
      out += part;
      const [found] = /https?:\/\/\S+/.exec(out) ?? [];
      if (found) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${log}`)));
  });
  return {
    url,
    child,
    log: () => log,
    printed: () => out,
    async stop(signal) {
      child.kill(signal);
      const [code, by] = await exited;
      return by ?? code;
    },
  };
}

/** A folder that is removed after the test. */
export async function temporaryFolder(): Promise<{ dir: string; remove(): Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), 'traceflow-server-'));
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}
