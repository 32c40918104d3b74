import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inputHash } from '../build/input-hash.ts';
import { CHECKOUT } from '../setup/checkout.ts';
import type { Runtime } from '../setup/runtime.ts';

/** Where the package tool leaves packages that tests may drive. */
const FOLDER = join(CHECKOUT, 'release', 'inspectable');

/** What decides whether the package must be made anew; `out` is stood for by the stamps of what was built. */
const INPUTS = ['electron-builder.yml', 'tools/package', 'resources', 'package.json', 'THIRD-PARTY-NOTICES.txt'];

function recipe(runtime: Runtime): string {
  const stamps = join(CHECKOUT, 'out', '.build');
  const built = readdirSync(stamps)
    .filter((name) => name.endsWith('.stamp'))
    .sort()
    .map((name) => readFileSync(join(stamps, name), 'utf8'));
  return [inputHash(CHECKOUT, INPUTS), ...built, runtime.executable, runtime.nativeBinding ?? ''].join('\n');
}

const packageIn = (folder: string): string | undefined =>
  existsSync(folder) ? readdirSync(folder).find((name) => name.endsWith('.deb')) : undefined;

/** Makes the .deb that the tests take apart and drive, unless the one there is still good. @returns its path */
export function makeTestPackage(runtime: Runtime): string {
  const stamp = join(FOLDER, 'made-from.txt');
  const wanted = recipe(runtime);
  const present = packageIn(FOLDER);
  if (present && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return join(FOLDER, present);
  execFileSync(process.execPath, [join(CHECKOUT, 'tools', 'package', 'main.ts')], {
    cwd: CHECKOUT,
    env: { ...process.env, TRACEFLOW_PACKAGE_INSPECTABLE: '1' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const made = packageIn(FOLDER);
  if (!made) throw new Error('the package tool made no .deb');
  writeFileSync(stamp, wanted);
  return join(FOLDER, made);
}

/** The installed program inside an unpacked package. */
export const installedProgram = (root: string): string => join(root, 'opt', 'TRACEFLOW', 'traceflow');

/** Unpacks a package as installing it would, without touching the system. @returns the folder that stands for `/` */
export function unpackPackage(deb: string, folder: string): string {
  const root = join(folder, 'installed');
  mkdirSync(root, { recursive: true });
  execFileSync('dpkg-deb', ['-x', deb, root]);
  return root;
}
