import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, makeAtomically } from '../cache-folder.ts';
import { CHECKOUT } from '../checkout.ts';
import { say } from '../say.ts';

/** The Node-API version that better-sqlite3's own binaries ask for; a host with less crashes on loading them. */
const SHIPPED_NEEDS_NAPI = 10;

const MODULES = join(CHECKOUT, 'node_modules');
const COMPAT_HEADER = join(import.meta.dirname, 'napi9-compat.h');
const BUILD_LIMIT_MS = 15 * 60_000;

/** Whether a runtime of this Node-API version needs the binding compiled here instead of the shipped one. */
export const needsOwnBinding = (napi: number): boolean => napi < SHIPPED_NEEDS_NAPI;

const versionOf = (name: string): string =>
  (JSON.parse(readFileSync(join(MODULES, name, 'package.json'), 'utf8')) as { version: string }).version;

/** Where the compiled binding lies or will lie; the name changes with anything that goes into it. */
export function ownBindingPath(): string {
  const recipe = createHash('sha256').update(readFileSync(COMPAT_HEADER)).digest('hex').slice(0, 8);
  const version = versionOf('better-sqlite3');
  return join(cacheFolder(), `better-sqlite3-${version}-napi9-${recipe}-${process.platform}-${process.arch}.node`);
}

/** The package beside its one build dependency, as node-gyp expects them; the build must not touch node_modules. */
function copySources(scratch: string): string {
  const folder = join(scratch, 'node_modules', 'better-sqlite3');
  const source = join(MODULES, 'better-sqlite3');
  mkdirSync(folder, { recursive: true });
  for (const part of ['package.json', 'binding.gyp', 'deps', 'lib', 'src']) {
    cpSync(join(source, part), join(folder, part), { recursive: true });
  }
  symlinkSync(join(MODULES, 'node-addon-api'), join(scratch, 'node_modules', 'node-addon-api'));
  return folder;
}

/** The headers come with the Node we brought; Node-API is the same in all hosts, so Electron's are not needed. */
const nodeHeaders = (): string => join(MODULES, `node-${process.platform}-${process.arch}`);

function compile(folder: string): void {
  // Link-time optimisation takes longer than all the rest and buys nothing measurable.
  const flags = `-UNAPI_VERSION -DNAPI_VERSION=9 -fno-lto -include ${COMPAT_HEADER}`;
  const gyp = join(MODULES, 'node-gyp', 'bin', 'node-gyp.js');
  const args = ['rebuild', '--release', '--force_build=1', `--nodedir=${nodeHeaders()}`, '--jobs=max'];
  const ran = spawnSync(process.execPath, [gyp, ...args], {
    cwd: folder,
    env: { ...process.env, CXXFLAGS: flags, LDFLAGS: '-fno-lto' },
    encoding: 'utf8',
    timeout: BUILD_LIMIT_MS,
    maxBuffer: 64 * 1024 * 1024,
  });
  if (ran.status !== 0) {
    const tail = `${ran.stdout}\n${ran.stderr}`.trim().split('\n').slice(-25).join('\n');
    throw new Error(`better-sqlite3 could not be compiled:\n${tail}`);
  }
}

/** Compiles better-sqlite3 for hosts with Node-API 9, once per machine. @throws with the compiler's last words */
export async function makeOwnBinding(): Promise<void> {
  if (existsSync(ownBindingPath())) return;
  say('compiling better-sqlite3, a minute or two', 'its shipped binary crashes in a runtime that stops at Node-API 9');
  await makeAtomically(ownBindingPath(), async (scratch) => {
    const folder = copySources(scratch);
    compile(folder);
    return join(folder, 'build', 'Release', 'better_sqlite3.node');
  });
}
