import type { Command } from 'commander';
import { type AdminDeps, backUp, restore } from '../admin/index.ts';

/** `backup` and `restore`. */
export function addBackupCommands(program: Command, folder: () => AdminDeps): void {
  program
    .command('backup <to>')
    .description('copy everything into a new folder, also while the server runs')
    .action(async (to: string) => {
      const { files, bytes } = await backUp(folder(), to);
      console.log(`${files} files, ${bytes} bytes in ${to}`);
    });
  program
    .command('restore <from>')
    .description('make the folder (--dir, which must be new or empty) from a backup, after checking every file of it')
    .action(async (from: string) => {
      const deps = folder();
      const { files, bytes } = await restore(deps, from);
      console.log(
        `${files} files, ${bytes} bytes in ${deps.dir}. Workstations compare everything again with their next sync.`,
      );
    });
}
