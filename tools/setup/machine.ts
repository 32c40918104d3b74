// Second half of the set-up, on the Node that the packages brought: Electron, system packages, the SQLite binding.
import { writeFileSync } from 'node:fs';
import { napiOf, prepareElectron } from './electron/prepare-electron.ts';
import { makeOwnBinding, needsOwnBinding, ownBindingPath } from './native/sqlite-binding.ts';
import { notedRuntime, type Runtime, runtimeFile } from './runtime.ts';
import { installSystemPackages } from './system/apt.ts';
import { librariesMissingFor, packagesFor } from './system/libraries.ts';
import { type Goal, missingCompilers, missingPrograms } from './system/needs.ts';

async function sqliteBindingFor(napi: number): Promise<string | null> {
  if (!needsOwnBinding(napi)) return null;
  installSystemPackages(missingCompilers(), 'to compile better-sqlite3 for this Electron');
  await makeOwnBinding();
  return ownBindingPath();
}

async function prepare(goal: Goal): Promise<void> {
  if (goal === 'check') return; // format, types, layers and pure tests need nothing but the packages
  const electron = await prepareElectron();
  if (process.platform === 'linux') {
    const libraries = packagesFor(librariesMissingFor(electron.executable));
    installSystemPackages([...libraries, ...missingPrograms(goal)], `to ${goal} the app`);
  }
  const noted = notedRuntime();
  const napi = noted?.executable === electron.executable ? noted.napi : napiOf(electron.executable);
  const runtime: Runtime = { ...electron, napi, nativeBinding: await sqliteBindingFor(napi) };
  writeFileSync(runtimeFile(), `${JSON.stringify(runtime, null, 2)}\n`);
}

try {
  await prepare(process.argv[2] as Goal);
} catch (error) {
  console.error(`set-up failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
