import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buildWebSdk } from '../../tools/build/web-sdk.ts';
import { FAULTS, type Fault } from '../fixtures/shop/faults.ts';
import { startShop } from '../fixtures/shop/start.ts';
import { launchChromium } from './chromium.ts';
import { type RecordedVisit, recordVisit } from './shop-recording.ts';
import { startTeamServer, type TeamServer } from './shop-server.ts';

/** One visit that is to be recorded. */
export interface Run {
  readonly fault: Fault | null;
  readonly seed: number;
}

/** What a run is called where people read it. */
export const runName = ({ fault, seed }: Run): string => `${fault ?? 'healthy'} ${seed}`;

/** Every fault and a healthy visit for each seed. */
export const allRuns = (seeds: readonly number[]): Run[] =>
  seeds.flatMap((seed) => [null, ...FAULTS].map((fault) => ({ fault, seed })));

/** How visits are recorded. */
export interface RecordingOptions {
  /** For what server and recorder keep. */
  readonly dir: string;
  readonly runs: readonly Run[];
  /** Visits at a time. They mostly wait, so a few more than there are cores. */
  readonly parallel?: number;
  readonly onRecorded?: (visit: RecordedVisit) => void;
}

/** Just above what the product calls slow (3 s): a slow order need not take longer than that to be found. */
const SLOW_PAY_MS = 3800;
const PARALLEL = 3;

/**
 * Records visits of the shop in real Chromium, through the recorder and a service of its own.
 * @returns the service, still running, and the visits in the order of `runs`.
 */
export async function recordRuns(options: RecordingOptions): Promise<{ server: TeamServer; visits: RecordedVisit[] }> {
  const { dir, runs, onRecorded } = options;
  await mkdir(dir, { recursive: true });
  const sdkFile = join(dir, 'traceflow.js');
  await buildWebSdk(dir);
  const server = await startTeamServer(dir, sdkFile);
  try {
    const shop = await startShop({ sdk: { server: server.url, key: server.writeKey }, slowPayMs: SLOW_PAY_MS });
    const browser = await launchChromium();
    try {
      const visits: RecordedVisit[] = [];
      let next = 0;
      const work = async (): Promise<void> => {
        for (let index = next++; index < runs.length; index = next++) {
          const run = runs[index];
          if (run === undefined) return;
          const visit = await recordVisit(
            { browser, shopUrl: shop.url, server, flush: shop.flush },
            run.fault,
            run.seed,
          );
          visits[index] = visit;
          onRecorded?.(visit);
        }
      };
      await Promise.all(Array.from({ length: options.parallel ?? PARALLEL }, work));
      return { server, visits };
    } finally {
      await browser.close();
      await shop.close();
    }
  } catch (error) {
    await server.close();
    throw error;
  }
}
