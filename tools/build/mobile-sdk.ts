import { join } from 'node:path';
import { build } from 'esbuild';
import { CHECKOUT } from '../setup/checkout.ts';

/** Bundles the mobile recorder as one module; React Native itself is the app's. */
export async function buildMobileSdk(outDir: string): Promise<void> {
  await build({
    entryPoints: [join(CHECKOUT, 'sdk', 'react-native', 'src', 'index.ts')],
    outfile: join(outDir, 'index.js'),
    bundle: true,
    format: 'esm',
    target: 'es2022',
    external: ['react-native', 'react-native/*'],
    legalComments: 'none',
    logLevel: 'warning',
  });
}
