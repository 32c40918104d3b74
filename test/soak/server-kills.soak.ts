import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildIngestServer } from '../../tools/build/ingest-server.ts';
import type { Soak } from '../../tools/soak/soak-module.ts';
import { killServerWhileWritersStream } from '../support/kills/kill-server.ts';
import { createRandom } from '../support/shop-random.ts';

const KILLS = 20;

/** A server under load that is killed over and over. */
const soak: Soak = {
  name: 'server-kills',
  what:
    'Ten writers stream batches, up to three times each, shuffled and in overlapping cuts, into a server that is killed with kill -9 at random ' +
    'moments and started again on its folder. An acknowledged batch that is lost, differs or is there twice, and a reader who does not see each event ' +
    'exactly once is a failure.',
  async step({ seed, folder }) {
    const dir = join(folder, `step-${seed}`);
    rmSync(dir, { recursive: true, force: true });
    // The program as it is shipped: it also starts sooner than the source, so that there are more kills.
    const built = join(folder, 'server');
    if (!existsSync(built)) await buildIngestServer(built);
    const program = join(built, 'traceflow-server.js');
    const { counts, failures } = await killServerWhileWritersStream(dir, createRandom(seed), KILLS, program);
    // The folder of a failed step is kept to look at.
    if (failures.length === 0) rmSync(dir, { recursive: true, force: true });
    return { counts, failures };
  },
};

export default soak;
