import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { build as bundle } from 'esbuild';
import { build } from 'vite';
import { FRAME_ORIGIN } from '../../../shared/replay/frame-policy.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

/** Builds the window as the app does, but for a replay frame at `frameOrigin`. @returns the folder with the build */
export async function buildWorkbench(frameOrigin: string): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'traceflow-workbench-'));
  await build({
    configFile: false,
    root: join(ROOT, 'renderer'),
    base: './',
    publicDir: false,
    logLevel: 'warn',
    worker: { format: 'es' },
    plugins: [
      react(),
      {
        name: 'frame-origin',
        transform: (code, id) =>
          id.endsWith('shared/replay/frame-policy.ts') ? code.replaceAll(FRAME_ORIGIN, frameOrigin) : null,
      },
    ],
    build: {
      outDir,
      emptyOutDir: true,
      chunkSizeWarningLimit: 2000,
      target: 'chrome130',
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
    },
  });
  return outDir;
}

/** The script that stands in for preload, shell and engine, ready to run in a page. */
export async function buildInPage(): Promise<string> {
  const result = await bundle({
    entryPoints: [join(import.meta.dirname, 'in-page.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'chrome130',
  });
  const [file] = result.outputFiles;
  if (!file) throw new Error('esbuild wrote nothing for in-page.ts');
  return file.text;
}
