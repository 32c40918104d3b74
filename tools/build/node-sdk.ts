import { join } from 'node:path';
import { build } from 'esbuild';
import { CHECKOUT } from '../setup/checkout.ts';

/** Bundles the recorder of backends as one module for Node 20 or newer. */
export async function buildNodeSdk(outDir: string): Promise<void> {
  await build({
    entryPoints: [join(CHECKOUT, 'sdk', 'node', 'src', 'index.ts')],
    outfile: join(outDir, 'index.js'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.18',
    legalComments: 'none',
    logLevel: 'warning',
  });
}
