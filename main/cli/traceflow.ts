#!/usr/bin/env node
import { runCli } from './program.ts';

const controller = new AbortController();
process.once('SIGINT', () => controller.abort());
process.once('SIGTERM', () => controller.abort());

/** `traceflow list | head`: nobody reads any more, which is no failure of ours. */
const closedPipe = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'EPIPE') throw error;
};
process.stdout.on('error', closedPipe);
process.stderr.on('error', closedPipe);

process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  platform: process.platform,
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  isTerminal: process.stderr.isTTY === true,
  signal: controller.signal,
});
