import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';

const entry = fileURLToPath(new URL('../../sdk/web/src/index.ts', import.meta.url));

/** As the build does it: one ES module with its only dependency inside. */
const SDK_BUILD = {
  entryPoints: [entry],
  bundle: true,
  format: 'esm',
  target: 'es2022',
  platform: 'browser',
  minify: true,
  legalComments: 'none',
} as const satisfies BuildOptions;

/** The SDK as a browser loads it: the text of one ES module. @throws when it does not compile. */
export async function bundleSdk(): Promise<string> {
  const { outputFiles } = await build({ ...SDK_BUILD, write: false, logLevel: 'silent' });
  const [file] = outputFiles;
  if (!file) throw new Error('esbuild wrote no file for the SDK');
  return file.text;
}
