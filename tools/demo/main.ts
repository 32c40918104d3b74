// The whole way without a window: shop, recording, server, sync, server stopped, diagnosis. One line a session.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type DemoOptions, readOptions, USAGE } from './options.ts';
import { runDemo } from './run-demo.ts';

/** Exit codes are those of the command line: done, failed, not understood. */
const FAILED = 1;
const USAGE_ERROR = 2;

async function demo(options: DemoOptions): Promise<number> {
  const dir = options.keep === undefined ? await mkdtemp(join(tmpdir(), 'traceflow-demo-')) : resolve(options.keep);
  try {
    return (await runDemo(dir, options)) ? 0 : FAILED;
  } finally {
    if (options.keep === undefined) await rm(dir, { recursive: true, force: true });
  }
}

function understood(): DemoOptions | null {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return null;
  }
}

const options = understood();
if (options === null) process.exitCode = USAGE_ERROR;
else {
  process.exitCode = await demo(options).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    return FAILED;
  });
}
