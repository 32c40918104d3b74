import type { Command } from 'commander';
import { SessionId } from '../../shared/model/identity.ts';
import { Subject } from '../../shared/wire/privacy.ts';
import { type AdminDeps, erase, exportTo, listHolds, setHold, setRetention, type Target } from '../admin/index.ts';
import { errorLog } from './error-log.ts';
import { toDays } from './options.ts';

interface SubjectOptions extends Target {
  readonly session?: string;
  readonly user?: string;
  readonly unreadable?: boolean;
}

/** `erase`, `export`, `hold` and `retention`. */
export function addPrivacyCommands(program: Command, folder: () => AdminDeps): void {
  const withSubject = (command: Command): Command =>
    command
      .option('--session <id>', 'this session')
      .option('--user <name>', 'all sessions of a person, by the id or name the page gave')
      .option('--unreadable', 'with --user: also sessions nobody can read, which may be of that person')
      .option('--project <id>', 'id of the project, where the folder has several');
  withSubject(program.command('erase'))
    .description(
      'erase a session or person for good, here and with the next sync on every workstation (server stopped)',
    )
    .action(async (options: SubjectOptions) => {
      const { erased, held, unreadable } = await erase({ ...folder(), log: errorLog() }, options, subjectOf(options));
      console.log(`${erased.length} erased`);
      for (const session of held) console.log(`kept, under a hold\t${session}`);
      for (const session of unreadable) console.log(`kept, cannot be read\t${session}`);
    });
  withSubject(program.command('export <file>'))
    .description('write all that is kept of a session or person into a zip (server stopped)')
    .action(async (file: string, options: SubjectOptions) => {
      const count = await exportTo({ ...folder(), log: errorLog() }, options, subjectOf(options), file);
      console.log(`${count} sessions in ${file}`);
    });
  const holds = program.command('hold').description('sessions that must not be erased');
  for (const [name, isOn] of [
    ['place', true],
    ['lift', false],
  ] as const) {
    holds
      .command(`${name} <session>`)
      .option('--project <id>', 'id of the project, where the folder has several')
      .action((session: string, target: Target) => setHold(folder(), target, SessionId.parse(session), isOn));
  }
  holds
    .command('list')
    .option('--project <id>', 'id of the project, where the folder has several')
    .action(async (target: Target) => {
      for (const session of await listHolds(folder(), target)) console.log(session);
    });
  program
    .command('retention <days>')
    .description('erase sessions whose newest batch is older than so many days; "never" keeps them')
    .option('--project <id>', 'id of the project, where the folder has several')
    .action((days: string, target: Target) => setRetention(folder(), target, days === 'never' ? null : toDays(days)));
}

/** @throws the reason when not exactly one subject is named. */
function subjectOf({ session, user, unreadable }: SubjectOptions): Subject {
  const asked = {
    ...(session ? { session } : {}),
    ...(user ? { user } : {}),
    ...(unreadable ? { withUnreadable: true } : {}),
  };
  const subject = Subject.safeParse(asked);
  if (subject.success) return subject.data;
  throw new Error('Say either --session ID or --user NAME.');
}
