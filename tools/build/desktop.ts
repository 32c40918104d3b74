import { join } from 'node:path';
import { resolveConfig } from 'electron-vite';
import { build, mergeConfig } from 'vite';
import { CHECKOUT } from '../setup/checkout.ts';

/** A part of the app as electron-vite names it. */
export type DesktopPart = 'main' | 'preload' | 'renderer';

/** Builds one part by electron.vite.config.ts into `outDir`. @throws when the sources do not build */
export async function buildDesktopPart(part: DesktopPart, outDir: string): Promise<void> {
  const resolved = await resolveConfig(
    { root: CHECKOUT, configFile: join(CHECKOUT, 'electron.vite.config.ts'), logLevel: 'warn' },
    'build',
    'production',
  );
  const config = resolved.config?.[part];
  if (!config) throw new Error(`electron.vite.config.ts says nothing about "${part}"`);
  await build(mergeConfig(config, { logLevel: 'warn', build: { outDir, emptyOutDir: true } }));
}
