#!/usr/bin/env node
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { runCommand } from './cli/program.ts';
import { runProcessorThread } from './process/processor-thread.ts';

// One program, so that it stays one file when it is bundled: as a thread of itself it is the stream processor.
if (isMainThread) process.exitCode = await runCommand(process.argv.slice(2), new URL(import.meta.url));
else if (parentPort) await runProcessorThread(parentPort, workerData);
