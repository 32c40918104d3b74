import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Soak } from '../../tools/soak/soak-module.ts';
import { killAppWhileImporting } from '../support/kills/kill-app.ts';
import { killWhileImporting } from '../support/kills/kill-import.ts';
import { killWhileRecordingAndSyncing } from '../support/kills/kill-record-and-sync.ts';
import { createRandom } from '../support/shop-random.ts';

/** Programs killed the hard way at random moments. */
const soak: Soak = {
  name: 'kills',
  what:
    'kill -9 at random moments: a server while pages record into it, an engine while it syncs from that server, an engine while ' +
    'it imports, the app with open sessions while it imports. A batch that was acknowledged and is lost, anything that is there ' +
    'twice or differs by hash, and an app that does not come back at its tabs and playhead is a failure.',
  async step({ seed, folder }) {
    const dir = join(folder, `step-${seed}`);
    const random = createRandom(seed);
    const reports = [
      await killWhileRecordingAndSyncing(join(dir, 'team'), random, 5),
      await killWhileImporting(join(dir, 'files'), random, 4),
      await killAppWhileImporting(join(dir, 'app'), random),
    ];
    const failures = reports.flatMap((report) => report.failures);
    // The folder of a failed step is kept to look at.
    if (failures.length === 0) rmSync(dir, { recursive: true, force: true });
    const counts: Record<string, number> = {};
    for (const [name, count] of reports.flatMap((report) => Object.entries(report.counts)))
      counts[name] = (counts[name] ?? 0) + count;
    return { counts, failures };
  },
};

export default soak;
