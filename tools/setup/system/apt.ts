import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { findProgram } from '../find-program.ts';
import { say } from '../say.ts';

/** A package by its possible names, the preferred one first. */
export type PackageChoice = readonly string[];

const LISTS = '/var/lib/apt/lists';

const hasLists = (): boolean => readdirSync(LISTS).some((name) => name.includes('_Packages'));

const known = (name: string): boolean => {
  const ran = spawnSync('apt-cache', ['policy', name], { encoding: 'utf8' });
  return /Candidate: (?!\(none\))/.test(ran.stdout);
};

/** The first name that apt can install; the last one if it knows none, so that the command shown is still of use. */
const choose = (choice: PackageChoice): string => choice.find(known) ?? choice.at(-1) ?? '';

function apt(args: readonly string[]): boolean {
  const ran = spawnSync('apt-get', args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return ran.status === 0;
}

const refresh = (): boolean => {
  say('apt-get update', 'the package lists are missing or out of date');
  return apt(['update', '-q']);
};

/**
 * Installs system packages as root on a Debian-like system.
 * @param why what they are for, to be printed
 * @throws with the exact command where we may not or cannot install
 */
export function installSystemPackages(choices: readonly PackageChoice[], why: string): void {
  if (choices.length === 0) return;
  if (!findProgram(['apt-get'])) {
    throw new Error(`this machine lacks ${choices.map((names) => names.at(-1)).join(', ')} (${why}); install them`);
  }
  const isRoot = process.getuid?.() === 0;
  if (isRoot && !hasLists()) refresh();
  const names = [...new Set(choices.map(choose))];
  const args = ['install', '-y', '-q', '--no-install-recommends', ...names];
  const command = `apt-get ${args.filter((arg) => arg !== '-q').join(' ')}`;
  if (!isRoot) throw new Error(`this machine lacks system packages (${why}); run: sudo ${command}`);
  say(command, why);
  if (apt(args) || (refresh() && apt(args))) return;
  throw new Error(`"${command}" failed; see its message above`);
}
