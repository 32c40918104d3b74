import { join } from 'node:path';
import { build } from 'esbuild';
import { CHECKOUT } from '../setup/checkout.ts';

/** Bundles the recorder as one module that a page can load with a script tag. */
export async function buildWebSdk(outDir: string): Promise<void> {
  await build({
    entryPoints: [join(CHECKOUT, 'sdk', 'web', 'src', 'index.ts')],
    outfile: join(outDir, 'traceflow.js'),
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
  });
}
