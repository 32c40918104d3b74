import type { Command } from 'commander';
import { type AdminDeps, deadLetterBytes, deadLetters, retryLetters } from '../admin/index.ts';
import { toCount } from './options.ts';
import { printTable } from './table.ts';

/** `dead-letters list|show|retry`: what the processor could not read. */
export function addDeadLetterCommands(program: Command, folder: () => AdminDeps): void {
  const letters = program.command('dead-letters').description('what could not be read of the recordings');
  letters
    .command('list')
    .description('list them: number, project, session, time, reason')
    .action(() =>
      printTable(
        deadLetters(folder()).map(({ seq, project, session, at, reason }) => [
          seq === 0 ? 'whole' : String(seq),
          project,
          session,
          new Date(at).toISOString(),
          reason,
        ]),
      ),
    );
  letters
    .command('show <number>')
    .description('write the bytes of one, as they arrived, to standard output')
    .action((number: string) => {
      process.stdout.write(deadLetterBytes(folder(), toCount(number)));
    });
  letters
    .command('retry')
    .description('let the processor try again, for instance after an update')
    .option('--session <id>', 'this session only')
    .action(({ session }: { session?: string }) => {
      console.log(`${retryLetters(folder(), session)} to be tried again.`);
    });
}
