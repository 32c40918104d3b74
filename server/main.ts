#!/usr/bin/env node
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { runCommand } from './cli/program.ts';
import { runProcessorThread } from './process/processor-thread.ts';
import { runScrubThread } from './scrub/scrub-thread.ts';

// One program, so that it stays one file when it is bundled: as a thread of itself it is the stream processor or the scrubber.
if (isMainThread) process.exitCode = await runCommand(process.argv.slice(2), new URL(import.meta.url));
else if (parentPort) {
  if (workerData.kind === 'scrubber') runScrubThread(parentPort);
  else await runProcessorThread(parentPort, workerData);
}
