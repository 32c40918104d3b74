import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CHECKOUT } from '../setup/checkout.ts';
import { withBuildLock } from './build-lock.ts';
import { inputHash } from './input-hash.ts';
import { TARGETS, type Target } from './targets.ts';

/** What happened to each target. */
export interface BuildReport {
  readonly built: readonly string[];
  readonly unchanged: readonly string[];
  /** Targets whose entry file does not exist. */
  readonly absent: readonly string[];
  readonly failed: readonly { readonly name: string; readonly error: unknown }[];
}

const WORK = join(CHECKOUT, 'out', '.build');

/** Changes of these make everything old. */
const TOOLCHAIN = ['tools/build', 'package-lock.json'];

const stampOf = (target: Target): string => join(WORK, `${target.name}.stamp`);

const isCurrent = (target: Target, hash: string): boolean =>
  existsSync(stampOf(target)) &&
  readFileSync(stampOf(target), 'utf8') === hash &&
  target.outputs.every(([, place]) => existsSync(join(CHECKOUT, place)));

/** Moves what was built into place; whoever reads meanwhile sees the old or the new folder, never a mixture. */
function putInPlace(target: Target, made: string): void {
  for (const [part, place] of target.outputs) {
    const source = join(made, part);
    const to = join(CHECKOUT, place);
    const old = join(WORK, `${target.name}.old`);
    rmSync(old, { recursive: true, force: true });
    mkdirSync(dirname(to), { recursive: true });
    if (existsSync(to)) renameSync(to, old);
    if (existsSync(source)) renameSync(source, to);
    else mkdirSync(to, { recursive: true }); // a part whose entry does not exist yet
    rmSync(old, { recursive: true, force: true });
  }
}

async function buildOne(target: Target, hash: string): Promise<void> {
  const made = join(WORK, target.name);
  rmSync(made, { recursive: true, force: true });
  mkdirSync(made, { recursive: true });
  try {
    await target.build(made);
    putInPlace(target, made);
    writeFileSync(stampOf(target), hash);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

/** Builds what has changed since it was last built. A target that fails does not keep the others from being built. */
export async function buildTargets(targets: readonly Target[] = TARGETS): Promise<BuildReport> {
  return await withBuildLock(join(WORK, 'lock'), async () => {
    const built: string[] = [];
    const unchanged: string[] = [];
    const absent: string[] = [];
    const failed: { name: string; error: unknown }[] = [];
    for (const target of targets) {
      if (!existsSync(join(CHECKOUT, target.entry))) {
        absent.push(target.name);
        continue;
      }
      const hash = inputHash(CHECKOUT, [...TOOLCHAIN, ...target.inputs]);
      if (isCurrent(target, hash)) {
        unchanged.push(target.name);
        continue;
      }
      try {
        await buildOne(target, hash);
        built.push(target.name);
      } catch (error) {
        failed.push({ name: target.name, error });
      }
    }
    return { built, unchanged, absent, failed };
  });
}
