import type { Command } from 'commander';
import { SessionId } from '../../shared/model/identity.ts';
import { sendFile } from '../send/send-file.ts';
import { toUrl } from './options.ts';

interface SendOptions {
  readonly to: string;
  readonly session?: string;
}

/** Where the write key is read from: arguments can be seen by every user of the machine. */
const KEY_VARIABLE = 'TRACEFLOW_WRITE_KEY';

/** `send`: recordings that lie in files. */
export function addSendCommand(program: Command): void {
  program
    .command('send <files...>')
    .description(
      `send recordings (JSON, NDJSON, gzip, zip, .traceflow) to a server, with the write key in ${KEY_VARIABLE}`,
    )
    .requiredOption('--to <url>', 'the server', toUrl)
    .option('--session <id>', 'id of the session; named by the hash of the file when left out')
    .action((files: string[], options: SendOptions) => send(files, options));
}

async function send(files: readonly string[], { to, session }: SendOptions): Promise<void> {
  const key = process.env[KEY_VARIABLE];
  if (!key) throw new Error(`Put the write key into ${KEY_VARIABLE}.`);
  if (session !== undefined && (!SessionId.safeParse(session).success || files.length > 1))
    throw new Error('--session names one file, with letters, digits, - and _.');
  let refusals = 0;
  for (const file of files) {
    const { stored, known, refused } = await sendFile(file, { url: to, key, fetch, clock: Date.now }, session);
    console.log(`${file}: ${stored} batches stored, ${known} there already`);
    for (const reason of refused) console.error(`${file}: ${reason}`);
    refusals += refused.length;
  }
  if (refusals > 0) throw new Error(`${refusals} of what was to be sent was not taken.`);
}
