import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Bundles the laboratory page and its Electron main into a folder of their own. @returns the folder */
export async function buildLab(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'traceflow-replay-lab-'));
  const common = { bundle: true, logLevel: 'warning', legalComments: 'none' } as const;
  await Promise.all([
    build({
      ...common,
      entryPoints: [join(import.meta.dirname, 'lab.ts')],
      outdir: folder,
      format: 'esm',
      target: 'chrome130',
    }),
    build({
      ...common,
      entryPoints: [join(import.meta.dirname, 'lab-main.ts')],
      outfile: join(folder, 'lab-main.cjs'),
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      external: ['electron'],
    }),
  ]);
  cpSync(join(import.meta.dirname, 'lab.html'), join(folder, 'lab.html'));
  return folder;
}
