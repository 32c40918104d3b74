import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../setup/checkout.ts';
import type { Tally } from './tally.ts';
import { tallyReport, withSecondTry } from './vitest-report.ts';

/** Who runs the tests, where, and with which additions to the environment. */
export interface VitestPlace {
  /** The checkout to run in. */
  readonly root: string;
  /** The Node to run them with. */
  readonly node: string;
  readonly env: Readonly<Record<string, string>>;
  /** A folder that the runner may write to. */
  readonly scratch: string;
  /** Another user to run as; only root can. */
  readonly owner?: { readonly uid: number; readonly gid: number };
}

/** The ordinary place: this checkout, this user. */
export function ownPlace(env: Readonly<Record<string, string>> = {}): VitestPlace {
  const scratch = join(CHECKOUT, 'out', '.test');
  mkdirSync(scratch, { recursive: true });
  return { root: CHECKOUT, node: process.execPath, env, scratch };
}

/** Runs vitest once. @returns what it says of each file, or null when it wrote no report; and how it ended. */
async function runOnce(
  projects: readonly string[],
  place: VitestPlace,
  filters: readonly string[],
): Promise<{ readonly report: unknown; readonly code: number }> {
  // Two runs in one checkout must not read each other's results.
  const reportFile = join(place.scratch, `${projects.join('-')}-${process.pid}.json`);
  const args = [
    join(place.root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    ...projects.map((project) => `--project=${project}`),
    ...['--configLoader=native', '--passWithNoTests', '--reporter=default', '--reporter=json'],
    ...[`--outputFile.json=${reportFile}`, `--fsModuleCachePath=${join(place.scratch, 'modules')}`, '--no-cache'],
    ...filters,
  ];
  const child = spawn(place.node, args, {
    cwd: place.root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...place.env },
    ...place.owner,
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (!existsSync(reportFile)) return { report: null, code: code ?? 1 };
  const report: unknown = JSON.parse(readFileSync(reportFile, 'utf8'));
  rmSync(reportFile);
  return { report, code: code ?? 1 };
}

/**
 * Runs the tests of some vitest projects, shows them as they go and counts them.
 * @param filter only files whose path contains it
 * @param secondTry run the files with failures once more, by themselves: tests of real browsers and processes meet a
 *   machine's every mood, and those of one file build on each other, so that a single one cannot be repeated
 */
export async function runVitest(
  projects: readonly string[],
  place: VitestPlace,
  filter?: string,
  secondTry = false,
): Promise<Tally> {
  const name = projects.join(' + ');
  const { report, code } = await runOnce(projects, place, filter ? [filter] : []);
  if (report === null) return { name, passed: 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  const first = tallyReport(name, report, code, place.root);
  const files = [...new Set(first.failures.map(({ file }) => file))].filter((file) =>
    existsSync(join(place.root, file)),
  );
  if (!secondTry || files.length === 0) return first;
  console.log(`== once more, by themselves: ${files.join(', ')}`);
  const again = await runOnce(projects, place, files);
  if (again.report === null) return first;
  return withSecondTry(first, report, tallyReport(name, again.report, again.code, place.root), place.root);
}
