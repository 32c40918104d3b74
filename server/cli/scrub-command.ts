import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { ScrubRules } from '../../shared/wire/scrub.ts';
import { type AdminDeps, scrubRulesOf, setScrubRules, type Target } from '../admin/index.ts';

/** `scrub`: what a project's batches are kept without. */
export function addScrubCommand(program: Command, folder: () => AdminDeps): void {
  program
    .command('scrub <file>')
    .description('take what the rules in a JSON file name out of batches before they are kept; "off", or "show"')
    .option('--project <id>', 'id of the project, where the folder has several')
    .action(async (file: string, target: Target) => {
      if (file === 'show') console.log(JSON.stringify(await scrubRulesOf(folder(), target), null, 2));
      else await setScrubRules(folder(), target, file === 'off' ? null : readRules(file));
    });
}

/** @throws the first thing that is wrong with the file. */
function readRules(file: string): ScrubRules {
  const read = ScrubRules.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Error(`${file}: "${issue?.path.join('.')}" is not right: ${issue?.message}`);
}
