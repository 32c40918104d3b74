import { type JourneyStage, recordAndDiagnose } from '../../test/support/shop-diagnosis.ts';
import { allRuns, runName } from '../../test/support/shop-journey.ts';
import type { TeamServer } from '../../test/support/shop-server.ts';
import { ensureChromium } from './ensure-chromium.ts';
import type { DemoOptions } from './options.ts';
import { jsonLine, textLine, verdictLines } from './report.ts';

/** Results go to standard output, what happens meanwhile to standard error. */
const say = (text: string): void => console.error(text);

const STAGES: Readonly<Record<JourneyStage, (server: TeamServer) => string>> = {
  recorded: ({ url }) => `Syncing from ${url}...`,
  synced: () => 'Stopping the server...',
  stopped: ({ url }) => `Nobody answers at ${url} any more. Diagnosing from the local library:`,
};

/**
 * Records visits into `dir`, syncs them, stops the server and prints what the workstation says of each.
 * @returns whether every fault was found and nothing was found in healthy visits. @throws when a step cannot be done.
 */
export async function runDemo(dir: string, options: DemoOptions): Promise<boolean> {
  ensureChromium();
  const seeds = Array.from({ length: options.seeds }, (_, index) => index + 1);
  const runs = allRuns(seeds).filter(({ fault }) => options.only === undefined || fault === options.only);
  say(`Recording ${runs.length === 1 ? 'one visit' : `${runs.length} visits`} of the demo shop in Chromium...`);
  const results = await recordAndDiagnose({
    dir,
    runs,
    onRecorded: (visit) => say(`  recorded ${runName(visit)}`),
    onStage: (stage, server) => say(STAGES[stage](server)),
  });
  for (const result of results) console.log(options.json ? jsonLine(result) : textLine(result));
  for (const line of verdictLines(results)) say(line);
  return results.every(({ mistake }) => mistake === null);
}
