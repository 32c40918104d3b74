import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { CHECKOUT } from '../setup/checkout.ts';

const SOURCES = join(CHECKOUT, 'sdk', 'web', 'src');

/** One file that a page loads. */
export interface SdkFile {
  readonly name: string;
  readonly text: string;
}

/** The SDK as browsers load it: what a page asks for, and what that loads when there is time. */
export interface SdkFiles {
  readonly first: SdkFile;
  readonly later: SdkFile;
}

const OPTIONS = {
  bundle: true,
  format: 'esm',
  target: 'es2022',
  platform: 'browser',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
} as const satisfies BuildOptions;

async function bundled(entry: string, plugins: Plugin[] = []): Promise<string> {
  const { outputFiles } = await build({ ...OPTIONS, entryPoints: [join(SOURCES, entry)], plugins, write: false });
  const [file] = outputFiles;
  if (!file) throw new Error(`esbuild wrote no file for ${entry}`);
  return file.text;
}

/**
 * Bundles the recorder as two modules. The second is named by its content and lies beside the first, so that the two of one
 * version find each other, whatever is cached. Each stands by itself: code both need is small, and in both.
 * @throws when it does not compile.
 */
export async function bundleWebSdk(): Promise<SdkFiles> {
  const later = await bundled('later.ts');
  const name = `traceflow-${createHash('sha256').update(later).digest('hex').slice(0, 8)}.js`;
  const apart: Plugin = {
    name: 'later part',
    setup: (made) => void made.onResolve({ filter: /\/later\.ts$/ }, () => ({ path: `./${name}`, external: true })),
  };
  return { first: { name: 'traceflow.js', text: await bundled('index.ts', [apart]) }, later: { name, text: later } };
}

/** Writes both files into a folder. */
export async function buildWebSdk(outDir: string): Promise<void> {
  const { first, later } = await bundleWebSdk();
  await mkdir(outDir, { recursive: true });
  for (const { name, text } of [first, later]) await writeFile(join(outDir, name), text);
}
