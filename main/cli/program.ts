import { join, resolve } from 'node:path';
import { Command as Commander, CommanderError, InvalidArgumentError } from 'commander';
import { messageOf } from '../../shared/lib/app-error.ts';
import {
  type Command,
  diagnoseCommand,
  exportCommand,
  importCommand,
  listCommand,
  showCommand,
  syncCommand,
} from './commands.ts';
import { openEngine } from './engine-client.ts';
import { createFileSecrets } from './file-secrets.ts';
import type { Output } from './print.ts';
import { defaultProfileDir } from './profile-dir.ts';

/** What the program gets from its process. */
export interface CliIo {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  readonly isTerminal: boolean;
  readonly signal: AbortSignal;
}

/** Done, failed, asked for in a wrong way. */
export type ExitCode = 0 | 1 | 2;

/** Runs one command line (without node and script). Never rejects. */
export async function runCli(args: readonly string[], io: CliIo): Promise<ExitCode> {
  let chosen: { command: Command; token: string | null } | null = null;
  const choose = (command: Command, token: string | null = null): void => {
    chosen = { command, token };
  };
  const program = describe(io, choose);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 2; // commander has printed what is wrong
  }
  return chosen ? runCommand(chosen, program.opts(), io) : 2;
}

async function runCommand(
  { command, token }: { readonly command: Command; readonly token: string | null },
  options: { readonly profile?: string; readonly json?: boolean },
  io: CliIo,
): Promise<ExitCode> {
  const output: Output = { out: io.out, error: io.error, isTerminal: io.isTerminal, json: options.json ?? false };
  try {
    const profileDir = resolve(options.profile ?? defaultProfileDir(io.env, io.platform));
    const engine = await openEngine({
      profileDir,
      secrets: createFileSecrets(join(profileDir, 'secrets.json'), token ?? io.env.TRACEFLOW_TOKEN ?? null),
      nativeBinding: io.env.TRACEFLOW_SQLITE_BINDING,
      signal: io.signal,
    });
    await command(engine, output).finally(() => engine.close());
    return 0;
  } catch (error) {
    if (output.json) io.out(`${JSON.stringify({ error: messageOf(error) })}\n`);
    io.error(`${messageOf(error)}\n`);
    return 1;
  }
}

function describe(io: CliIo, choose: (command: Command, token?: string | null) => void): Commander {
  const program = new Commander('traceflow')
    .description('Work with a TRACEFLOW library without a window.')
    .option('--profile <dir>', 'the library to use instead of the app’s')
    .option('--json', 'print JSON, one value a line')
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.error });
  program
    .command('import <files...>')
    .description('take recordings into the library')
    .action((files: string[]) => choose(importCommand(files)));
  program
    .command('list')
    .description('list sessions, newest first')
    .option('--search <words>', 'only those with all these words', '')
    .option('--limit <count>', 'at most this many', countOf, 200)
    .action((options: { search: string; limit: number }) => choose(listCommand(options)));
  program
    .command('show <key>')
    .description('show one session')
    .action((key: string) => choose(showCommand(key)));
  program
    .command('export <keys...>')
    .description('write sessions into an evidence file')
    .requiredOption('-o, --output <file>', 'the .traceflow file to write')
    .action((keys: string[], options: { output: string }) => choose(exportCommand(keys, options.output)));
  program
    .command('diagnose <target>')
    .description('say what went wrong in a session of the library, or in a file')
    .action((target: string) => choose(diagnoseCommand(target)));
  program
    .command('sync')
    .description('fetch what is new on the team’s servers')
    .option('--url <url>', 'a server to add first')
    .option('--token <token>', 'its read token; or set TRACEFLOW_TOKEN')
    .action((options: { url?: string; token?: string }) => {
      const token = options.token ?? io.env.TRACEFLOW_TOKEN ?? null;
      choose(syncCommand({ url: options.url ?? null, token }), token);
    });
  for (const command of program.commands) {
    command
      .option('--profile <dir>', 'the library to use instead of the app’s')
      .option('--json', 'print JSON, one value a line')
      .on('option:profile', (dir: string) => program.setOptionValue('profile', dir))
      .on('option:json', () => program.setOptionValue('json', true));
  }
  return program;
}

function countOf(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 1000) return count;
  throw new InvalidArgumentError('It must be a whole number from 1 to 1000.');
}
