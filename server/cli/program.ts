import { Command, CommanderError } from 'commander';
import { messageOf } from '../../shared/lib/app-error.ts';
import { SERVER_VERSION } from '../package-version.ts';
import { addAccessCommands } from './access-commands.ts';
import { addBackupCommands } from './backup-commands.ts';
import { addDeadLetterCommands } from './dead-letter-commands.ts';
import { addInitCommand } from './init-command.ts';
import { collect, DEFAULT_DIR, DEFAULT_PORT, toCount, toPort } from './options.ts';
import { addPrivacyCommands } from './privacy-commands.ts';
import { addScrubCommand } from './scrub-command.ts';
import { addSendCommand } from './send-command.ts';
import { type ServeOptions, serve } from './serve.ts';

/** What a command ended with: 0 done, 1 failed, 2 wrong usage. */
export type ExitCode = 0 | 1 | 2;

/**
 * Runs one command of `traceflow-server`; results go to standard output, everything else to standard error.
 * @param self the program's own module, for its threads.
 */
export async function runCommand(args: readonly string[], self: URL): Promise<ExitCode> {
  try {
    await program(self).parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2; // it has printed its reason
    console.error(`traceflow-server: ${messageOf(error)}`);
    return 1;
  }
}

function program(self: URL): Command {
  const command = new Command('traceflow-server')
    .description('Takes in recorded sessions and hands them to the workstations of a team.')
    .version(SERVER_VERSION)
    .option('--dir <dir>', 'folder of everything the server keeps', DEFAULT_DIR)
    .option('--host <host>', 'address to listen on; 0.0.0.0 for every network', '127.0.0.1')
    .option('--port <port>', 'port to listen on; 0 for any free one', toPort, DEFAULT_PORT)
    .option('--sdk <file>', 'the built SDK to hand out to pages')
    .option('--tls-cert <file>', 'certificate chain (PEM) to speak https with; SIGHUP reads it again')
    .option('--tls-key <file>', 'its key (PEM)')
    .option('--geo <file>', 'CIDR,country,region a line: kept of a batch instead of its address')
    .option('--trust-proxy <address>', 'believe the X-Forwarded-For of this proxy (repeatable)', collect)
    .option('--metrics-port <port>', 'port to answer GET /metrics on (Prometheus); off when left out', toPort)
    .option('--metrics-host <host>', 'address for the metrics', '127.0.0.1')
    .option('--drain <seconds>', 'serve on for so long after SIGTERM while /readyz says 503', toCount, 0)
    .allowExcessArguments(false)
    .exitOverride()
    .action((options: ServeOptions) => serve(options, self));
  // `--dir` may stand before or behind the name of a command: it belongs to the program.
  const folder = () => ({ dir: command.opts<ServeOptions>().dir, clock: Date.now });
  addInitCommand(command, folder);
  addAccessCommands(command, folder);
  addDeadLetterCommands(command, folder);
  addPrivacyCommands(command, folder);
  addScrubCommand(command, folder);
  addBackupCommands(command, folder);
  addSendCommand(command);
  return command;
}
