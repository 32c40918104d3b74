import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../setup/checkout.ts';
import type { Runtime } from '../setup/runtime.ts';

/**
 * Fills the folder that electron-builder.yml packs as better-sqlite3's own build: with the binding compiled for the runtime
 * where it needs one, else with nothing, and then the shipped binding is found.
 */
export function fillBindingFolder(runtime: Runtime): void {
  const folder = join(CHECKOUT, 'out', 'package-binding');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  if (runtime.nativeBinding) copyFileSync(runtime.nativeBinding, join(folder, 'better_sqlite3.node'));
}
