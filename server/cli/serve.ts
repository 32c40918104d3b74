import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { listProjects } from '../admin/index.ts';
import { createServer } from '../app.ts';
import { errorLog } from './error-log.ts';

/** How to serve. */
export interface ServeOptions {
  readonly dir: string;
  readonly host: string;
  readonly port: number;
  readonly sdk?: string;
}

/** Where the built SDK lies: with the packaged server, or where the tree that this file is part of builds it to. */
const SDK_FILES = ['./sdk/traceflow.js', '../../out/sdk/traceflow.js'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);

/** Serves a folder until SIGINT or SIGTERM, then finishes what was accepted. The URL goes to standard output, logs to standard error. */
export async function serve({ dir, host, port, sdk }: ServeOptions, self: URL): Promise<void> {
  if (sdk && !existsSync(sdk)) throw new Error(`There is no SDK file ${sdk}.`);
  await listProjects({ dir, clock: Date.now }); // says so when the folder is not a server's
  const stopped = stopSignal(); // before anyone can know that we are there
  const log = errorLog();
  const sdkFile = sdk ?? SDK_FILES.find((file) => existsSync(file));
  const server = await createServer({ dir, clock: Date.now, log, sdkFile, processor: self });
  try {
    const { url } = await server.listen({ host, port });
    console.log(`TRACEFLOW server  ${url}  (data in ${dir})`);
    const signal = await stopped;
    log.info({ signal }, 'Stopping.');
  } finally {
    await server.close();
  }
}

const stopSignal = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    const stop = (signal: NodeJS.Signals): void => {
      process.off('SIGINT', stop).off('SIGTERM', stop); // a second one ends the process at once
      resolve(signal);
    };
    process.on('SIGINT', stop).on('SIGTERM', stop);
  });
