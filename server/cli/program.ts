import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { messageOf } from '../../shared/lib/app-error.ts';
import { addKey, initProject, snippet } from '../admin/index.ts';
import { SERVER_VERSION } from '../package-version.ts';
import { serve } from './serve.ts';

/** What a command ended with: 0 done, 1 failed, 2 wrong usage. */
export type ExitCode = 0 | 1 | 2;

const DIR = 'traceflow-data';
const PORT = 4870;

/** Runs one command of `traceflow-server`; results go to standard output, everything else to standard error. */
export async function runCommand(args: readonly string[]): Promise<ExitCode> {
  try {
    await program().parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2; // it has printed its reason
    console.error(`traceflow-server: ${messageOf(error)}`);
    return 1;
  }
}

function program(): Command {
  const command = new Command('traceflow-server')
    .description('Takes in recorded sessions and hands them to the workstations of a team.')
    .version(SERVER_VERSION)
    .option('--dir <dir>', 'folder of everything the server keeps', DIR)
    .option('--host <host>', 'address to listen on; 0.0.0.0 for every network', '127.0.0.1')
    .option('--port <port>', 'port to listen on; 0 for any free one', toPort, PORT)
    .option('--sdk <file>', 'the built SDK to hand out to pages')
    .allowExcessArguments(false)
    .exitOverride()
    .action((options: ServeOptions) => serve(options));
  command
    .command('init')
    .description('make a project; prints its keys, which are shown only once')
    .option('--name <name>', 'name of the project', 'My project')
    .option('--url <url>', 'where pages and workstations will reach the server', toUrl, `http://127.0.0.1:${PORT}`)
    .action((options: { name: string; url: string }) => init({ ...options, dir: dirOf(command) }));
  command
    .command('keys')
    .description('keys of a project')
    .command('add')
    .description('make one more write key, or with --read one more read token; it is shown only once')
    .option('--read', 'a read token for a workstation')
    .option('--project <id>', 'id of the project, where the folder has several')
    .action((options: { read?: boolean; project?: string }) => printKey(dirOf(command), options));
  return command;
}

interface ServeOptions {
  readonly dir: string;
  readonly host: string;
  readonly port: number;
  readonly sdk?: string;
}

// `--dir` may stand before or behind the name of a command: it belongs to the program.
const dirOf = (command: Command): string => command.opts<ServeOptions>().dir;

async function init({ dir, name, url }: { dir: string; name: string; url: string }): Promise<void> {
  const { project, writeKey, readToken } = await initProject({ dir, clock: Date.now }, { name });
  const lines = [
    `Project     ${name} (${project})`,
    `URL         ${url}`,
    `Write key   ${writeKey}   (public: it can only send recordings)`,
    `Read token  ${readToken}   (secret: it reads every recording of the project)`,
    '',
    'Key and token are shown only now. Paste this into each page to record:',
    '',
    snippet({ url, writeKey }),
    '',
    `Start the server:  traceflow-server --dir ${dir}`,
  ];
  console.log(lines.join('\n'));
}

async function printKey(dir: string, { read, project }: { read?: boolean; project?: string }): Promise<void> {
  const kind = read ? 'read' : 'write';
  const added = await addKey({ dir, clock: Date.now }, { kind, project });
  console.log(`${read ? 'Read token' : 'Write key '}  ${added.secret}   (project ${added.project}; shown only now)`);
}

function toPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('A port is a number from 0 to 65535.');
}

function toUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text.replace(/\/+$/, '');
  throw new InvalidArgumentError('It has to be an http or https URL.');
}
