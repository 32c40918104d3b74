// Records the demo workspace anew: one visit of each fault and three healthy ones, into resources/demo/demo.traceflow.
import { copyFile, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FAULTS } from '../../test/fixtures/shop/faults.ts';
import { recordAndDiagnose } from '../../test/support/shop-diagnosis.ts';
import type { Run } from '../../test/support/shop-journey.ts';
import { CHECKOUT } from '../setup/checkout.ts';
import { ensureChromium } from './ensure-chromium.ts';
import { textLine, verdictLines } from './report.ts';

/** It is kept in the repository and shipped with the app. */
const MAX_BYTES = 3 * 1024 * 1024;
/** Different people: each seed is another one. The first is the fault seen most often. */
const RUNS: readonly Run[] = [
  ...FAULTS.map((fault, index) => ({ fault, seed: index + 1 })),
  ...[6, 7, 8].map((seed) => ({ fault: null, seed })),
];

const target = join(CHECKOUT, 'resources', 'demo', 'demo.traceflow');
const dir = await mkdtemp(join(tmpdir(), 'traceflow-workspace-'));
const written = join(dir, 'demo.traceflow');
try {
  ensureChromium();
  const results = await recordAndDiagnose({
    dir,
    runs: RUNS,
    use: async (engine, diagnosed) => {
      const keys = diagnosed.map(({ row }) => row.key);
      const { jobId } = await engine.privileged('export.session', { keys, path: written });
      await engine.finish(jobId, () => undefined);
    },
  });
  for (const line of [...results.map(textLine), ...verdictLines(results)]) console.log(line);
  if (results.some(({ mistake }) => mistake !== null)) throw new Error('A visit is not diagnosed as it should be.');
  const { size } = await stat(written);
  if (size > MAX_BYTES) throw new Error(`The workspace has ${size} bytes, more than the ${MAX_BYTES} it may have.`);
  await mkdir(join(CHECKOUT, 'resources', 'demo'), { recursive: true });
  await copyFile(written, target);
  console.log(`${target}: ${size} bytes`);
} finally {
  await rm(dir, { recursive: true, force: true });
}
