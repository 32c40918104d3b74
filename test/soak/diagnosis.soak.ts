import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Soak } from '../../tools/soak/soak-module.ts';
import { recordAndDiagnose } from '../support/shop-diagnosis.ts';
import { allRuns, runName } from '../support/shop-journey.ts';

/** From page to diagnosis with ever new visitors. */
const soak: Soak = {
  name: 'diagnosis',
  what:
    'Visits of the demo shop in real Chromium, one healthy and one of each fault a step, go through recorder, server and sync; ' +
    'with the server stopped each is diagnosed. A fault that is not named, or one that is not there, is a failure.',
  async step({ seed, folder }) {
    const dir = join(folder, `step-${seed}`);
    const results = await recordAndDiagnose({ dir, runs: allRuns([seed]) });
    const failures = results.flatMap(({ visit, mistake }) =>
      mistake === null ? [] : [`${runName(visit)}: ${mistake}`],
    );
    // The recordings of a failed step are kept to look at.
    if (failures.length === 0) rmSync(dir, { recursive: true, force: true });
    const counts: Record<string, number> = {};
    for (const { visit, mistake } of results) {
      const name = `${visit.fault ?? 'healthy'}: ${mistake === null ? 'right' : 'wrong'}`;
      counts[name] = (counts[name] ?? 0) + 1;
    }
    return { counts, failures };
  },
};

export default soak;
