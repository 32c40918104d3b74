import { spawn } from 'node:child_process';
import { join } from 'node:path';

const PROGRAM = join(import.meta.dirname, '..', '..', 'integration', 'engine', 'support', 'working-engine.ts');

/** An engine in a process of its own that imports or syncs and then ends. */
export interface EngineRun {
  /** Resolves once its work has begun, or it has ended before. */
  readonly working: Promise<void>;
  /** Resolves to the state its job ended in; null when it never came to that. */
  readonly ended: Promise<string | null>;
  /** What it complained about. */
  said(): string;
  /** @returns whether it was still running. */
  kill(): boolean;
}

/** @param args `PROFILE import FILE...` or `PROFILE sync URL TOKEN`. */
export function startEngineRun(args: readonly string[]): EngineRun {
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  let complaints = '';
  let begun = (): void => undefined;
  const working = new Promise<void>((done) => {
    begun = done;
  });
  child.stdout.on('data', (bytes: Buffer) => {
    printed += bytes.toString();
    if (printed.includes('working')) begun();
  });
  child.stderr.on('data', (bytes: Buffer) => {
    complaints = (complaints + bytes.toString()).slice(-2000);
  });
  const ended = new Promise<string | null>((done) =>
    child.once('close', () => {
      begun();
      done(/^(done|failed|cancelled)$/m.exec(printed)?.[1] ?? null);
    }),
  );
  return { working, ended, said: () => complaints, kill: () => child.kill('SIGKILL') };
}
