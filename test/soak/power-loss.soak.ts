import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Soak } from '../../tools/soak/soak-module.ts';
import { powerLoss } from '../support/power-loss/power-loss.ts';

const STATES = 100;

/** States a power cut may leave of a server's folder. */
const soak: Soak = {
  name: 'power-loss',
  what:
    "Every write of a server's storage at work (batches, contradictions, keys, erasures) is logged. A state is what a power cut at a random moment " +
    'leaves: what was synced, a beginning or any part of the rest, any sectors of a write. It is opened as after a restart. A folder that does not open, a ' +
    'promised batch or key that is lost, differs or is there twice, and a byte of an erased session is a failure.',
  async step({ seed, folder }) {
    const dir = join(folder, `step-${seed}`);
    rmSync(dir, { recursive: true, force: true });
    const { states, promises, erasures, failures } = await powerLoss(dir, seed, STATES);
    return { counts: { states, 'promises checked': promises, 'erasures checked': erasures }, failures };
  },
};

export default soak;
