import { execFileSync } from 'node:child_process';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { initProject } from '../../../server/admin/index.ts';
import { createRandom } from '../shop-random.ts';
import { checkState } from './check-state.ts';
import { type Folder, stateAfterCut } from './disk-state.ts';
import { Promised } from './promised.ts';
import { type DiskEvent, traceDisk } from './trace.ts';

const WORKLOAD = fileURLToPath(new URL('./workload.ts', import.meta.url));

/** Whether this machine can log what a program does to its disk. */
export function canTrace(): boolean {
  try {
    execFileSync('strace', ['-o', '/dev/null', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false; // the caller says so
  }
}

/** What was looked at, and what was wrong. */
export interface PowerLossReport {
  readonly states: number;
  /** Batches and keys that had been promised, over all states. */
  readonly promises: number;
  readonly erasures: number;
  readonly failures: readonly string[];
}

/**
 * Logs every write of a storage at work, and opens states that a power cut would have left, at moments spread over the whole run.
 * @param dir an empty folder to work in.
 */
export async function powerLoss(dir: string, seed: number, states: number): Promise<PowerLossReport> {
  const random = createRandom(seed);
  const data = join(dir, 'data');
  const acks = join(dir, 'acks');
  const { project } = await initProject({ dir: data, clock: Date.now }, { name: 'Shop' });
  const before = await readFolder(data);
  const events = await traceDisk([process.execPath, WORKLOAD, data, acks, String(seed)], join(dir, 'trace'));
  const promises = events.flatMap((event) => (event.path === acks && event.kind === 'write' ? [promiseOf(event)] : []));
  const disk = events.flatMap((event) => inFolder(event, data));
  const failures: string[] = [];
  let [promised, erasures] = [0, 0];
  for (let at = 0; at < states; at += 1) {
    // Most things go wrong in the middle of a write: cuts lie within one, or right behind it.
    const event = random.pick(disk);
    const cutAt = random.chance(0.7) ? event.at + (event.end - event.at) * (random.between(0, 100) / 100) : event.end;
    const known = promises.filter((one) => one.at < cutAt).map(({ promise }) => promise);
    promised += known.filter(({ kind }) => kind === 'batch' || kind === 'key').length;
    erasures += known.filter(({ kind }) => kind === 'erased').length;
    const state = stateAfterCut(before, disk, cutAt, random);
    const wrong = await checkState(join(dir, 'state'), state, known, project);
    failures.push(...wrong.map((text) => `state ${at} of seed ${seed}: ${text}`));
  }
  if (failures.length === 0) await rm(dir, { recursive: true, force: true });
  return { states, promises: promised, erasures, failures };
}

const promiseOf = (event: DiskEvent & { kind: 'write' }) => ({
  at: event.at,
  promise: Promised.parse(JSON.parse(event.bytes.toString('utf8'))),
});

/** With paths relative to the folder; what lies elsewhere, and the shared memory of SQLite, which no disk keeps, is left out. */
function inFolder(event: DiskEvent, dir: string): DiskEvent[] {
  if (event.path !== dir && !event.path.startsWith(`${dir}/`)) return [];
  if (event.path.endsWith('-shm')) return [];
  const path = relative(dir, event.path) || '.';
  return [event.kind === 'rename' ? { ...event, path, to: relative(dir, event.to) } : { ...event, path }];
}

async function readFolder(dir: string): Promise<Folder> {
  const files = new Map<string, Buffer>();
  for (const name of await readdir(dir, { recursive: true })) {
    const path = join(dir, name);
    if ((await stat(path)).isFile() && !name.endsWith('-shm')) files.set(name, await readFile(path));
  }
  return files;
}
