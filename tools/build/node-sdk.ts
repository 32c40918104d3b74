import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { CHECKOUT } from '../setup/checkout.ts';

const SOURCE = join(CHECKOUT, 'sdk', 'node', 'src');
/** The public types: they name nothing of the files beside them. */
const TYPES = ['index', 'options', 'shapes'];

/** Bundles the recorder of backends as one module for Node 20 or newer, with its types. */
export async function buildNodeSdk(outDir: string): Promise<void> {
  await build({
    entryPoints: [join(SOURCE, 'index.ts')],
    outfile: join(outDir, 'index.js'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.18',
    legalComments: 'none',
    logLevel: 'warning',
  });
  const made = await mkdtemp(join(tmpdir(), 'traceflow-types-'));
  try {
    const tsc = join(CHECKOUT, 'node_modules', 'typescript', 'bin', 'tsc');
    const how = [
      '--noEmit',
      'false',
      '--emitDeclarationOnly',
      '--declaration',
      '--rootDir',
      CHECKOUT,
      '--outDir',
      made,
    ];
    await promisify(execFile)(process.execPath, [tsc, '-p', join(CHECKOUT, 'sdk', 'node'), ...how]);
    for (const name of TYPES) {
      const text = await readFile(join(made, 'sdk', 'node', 'src', `${name}.d.ts`), 'utf8');
      await writeFile(join(outDir, `${name}.d.ts`), text.replace(/(from '\.\/\w+)\.ts'/g, "$1.js'"));
    }
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}
