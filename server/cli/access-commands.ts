import type { Command } from 'commander';
import type { Role } from '../../shared/wire/access.ts';
import { type AdminDeps, addKey, listKeys, listProjects, readAudit, revokeKey } from '../admin/index.ts';
import { type CredentialRecord, credentialId } from '../storage/storage.ts';
import { collect, toDaysMs, toRole } from './options.ts';
import { printTable } from './table.ts';

interface KeyOptions {
  readonly read?: boolean;
  readonly project?: string;
  readonly role?: Role;
  readonly label?: string;
  readonly origin?: string[];
  readonly days?: number;
}

/** `projects`, `keys add|list|revoke` and `audit`; all of them also while a server runs on the folder. */
export function addAccessCommands(program: Command, folder: () => AdminDeps): void {
  program
    .command('projects')
    .description('list the projects of the folder')
    .action(async () => printTable((await listProjects(folder())).map(({ id, name }) => [id, name])));
  const keys = program.command('keys').description('keys and tokens of a project');
  keys
    .command('add')
    .description('make one more write key, or with --read one more token; it is shown only once')
    .option('--read', 'a read token for a workstation')
    .option('--role <role>', 'role of the read token: viewer, analyst or admin', toRole)
    .option('--project <id>', 'id of the project, where the folder has several')
    .option('--label <text>', 'what to call it')
    .option('--origin <origin>', 'a write key for pages of this origin only; may be given several times', collect)
    .option('--days <n>', 'it expires after so many days', toDaysMs)
    .action((options: KeyOptions) => add(folder(), options));
  keys
    .command('list')
    .description('list keys and tokens by their ids')
    .option('--project <id>', 'of this project only')
    .action(async ({ project }: KeyOptions) => printTable((await listKeys(folder(), project)).map(keyLine)));
  keys
    .command('revoke <id>')
    .description('take a key or token out of use, at once')
    .action(async (id: string) => {
      await revokeKey(folder(), id);
      console.log(`${id} opens nothing any more.`);
    });
  program
    .command('audit')
    .description('list who changed what; ends with 1 when the log was tampered with')
    .option('--project <id>', 'of this project only')
    .action(({ project }: KeyOptions) => audit(folder(), project));
}

async function add(deps: AdminDeps, { read, role, origin, days, project, label }: KeyOptions): Promise<void> {
  const kind = read || role ? 'read' : 'write';
  const added = await addKey(deps, { kind, project, role, label, origins: origin, validMs: days });
  const name = kind === 'read' ? 'Read token' : 'Write key ';
  console.log(`${name}  ${added.secret}   (${added.id} of project ${added.project}; shown only now)`);
}

function keyLine({ hash, project, kind, role, label, origins, expiresAt, revokedAt }: CredentialRecord): string[] {
  const state =
    revokedAt !== null
      ? `revoked ${day(revokedAt)}`
      : expiresAt !== null
        ? `expires ${day(expiresAt)}`
        : 'does not expire';
  return [credentialId(hash), project, role ?? kind, state, label || '-', origins.join(' ')];
}

async function audit(deps: AdminDeps, project: string | undefined): Promise<void> {
  const { entries, intact } = await readAudit(deps, project);
  printTable(
    entries.map(({ number, at, by, what, project: of, about }) => [
      String(number),
      new Date(at).toISOString(),
      by,
      what,
      of ?? '-',
      about,
    ]),
  );
  if (!intact) throw new Error('The audit log is not as it was written: entries were changed, removed or moved.');
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
