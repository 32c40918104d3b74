import { join } from 'node:path';
import { build } from 'vite';
import { CHECKOUT } from '../setup/checkout.ts';

/** Bundles the ingestion service for plain Node 20 or newer into one program; better-sqlite3 stays a package of its own. */
export async function buildIngestServer(outDir: string): Promise<void> {
  await build({
    configFile: false,
    root: CHECKOUT,
    publicDir: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: {
      outDir,
      emptyOutDir: true,
      ssr: true,
      target: 'node20.18',
      minify: false,
      rolldownOptions: {
        input: { 'traceflow-server': join(CHECKOUT, 'server', 'main.ts') },
        external: ['better-sqlite3'],
        output: { format: 'es', entryFileNames: '[name].js', codeSplitting: false },
      },
    },
  });
}
