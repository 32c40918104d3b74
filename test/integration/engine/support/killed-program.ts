import { spawn } from 'node:child_process';
import { join } from 'node:path';

const HERE = import.meta.dirname;

/**
 * Runs an engine in a process of its own, which imports or syncs, and kills it the hard way.
 * @param when resolves at the moment of the kill, given what the program prints.
 */
export function runAndKill(args: readonly string[], when: (printed: () => string) => Promise<void>): Promise<void> {
  const child = spawn(process.execPath, [join(HERE, 'working-engine.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (bytes: Buffer) => {
    printed += bytes.toString();
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  return when(() => printed)
    .finally(() => child.kill('SIGKILL'))
    .then(() => ended);
}
