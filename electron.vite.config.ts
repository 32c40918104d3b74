import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const here = import.meta.dirname;

/** What the oldest runtime we start in offers: Electron 33 has Node 20.18 and Chrome 130. */
const NODE = 'node20.18';
const CHROME = 'chrome130';

/** Kept out of the bundles: Electron is the host, better-sqlite3 finds its binary beside its own files. */
const HOST_PACKAGES = ['electron', /^electron\//, 'better-sqlite3'];

const present = (entries: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file)));

function workers(): Record<string, string> {
  const folder = join(here, 'main', 'engine', 'workers');
  if (!existsSync(folder)) return {};
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  return Object.fromEntries(files.map((name) => [`main/workers/${basename(name, '.ts')}`, join(folder, name)]));
}

/** The three parts that Electron loads. tools/build.ts builds these and everything else. */
export default defineConfig({
  main: {
    build: {
      target: NODE,
      minify: true,
      externalizeDeps: false,
      rolldownOptions: {
        input: {
          ...present({
            'main/index': join(here, 'main', 'shell', 'main.ts'),
            'main/engine-process': join(here, 'main', 'engine', 'engine-process.ts'),
            'cli/traceflow': join(here, 'main', 'cli', 'traceflow.ts'),
          }),
          ...workers(),
        },
        external: HOST_PACKAGES,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'main/chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: NODE,
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: join(here, 'preload', 'preload.ts') },
        // A sandboxed preload is CommonJS and cannot load further files.
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: join(here, 'renderer'),
    base: './',
    publicDir: false,
    plugins: [react()],
    worker: { format: 'es' },
    build: {
      target: CHROME,
      minify: true, // half as much to read and parse before the window shows anything
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2000, // kB; the window is read from the disk, not over a network
      assetsInlineLimit: 0, // the window's policy allows no data: fonts
      rolldownOptions: { input: join(here, 'renderer', 'index.html') },
    },
  },
});
