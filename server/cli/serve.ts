import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { listProjects } from '../admin/index.ts';
import { createServer, type RunningServer } from '../app.ts';
import { readGeoTable } from '../enrich/geo-table.ts';
import type { Certificate } from '../http/listener.ts';
import type { ServerLog } from '../log.ts';
import { errorLog } from './error-log.ts';

/** How to serve. */
export interface ServeOptions {
  readonly dir: string;
  readonly host: string;
  readonly port: number;
  readonly sdk?: string;
  readonly metricsHost: string;
  readonly metricsPort?: number;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly geo?: string;
  readonly trustProxy?: readonly string[];
  /** Seconds. */
  readonly drain: number;
}

/** Where the built SDK lies: with the packaged server, or where the tree that this file is part of builds it to. */
const SDK_FILES = ['./sdk/traceflow.js', '../../out/sdk/traceflow.js'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);

/**
 * Serves a folder until SIGINT or SIGTERM, then finishes what was accepted. SIGHUP reads the certificate again. URLs go to standard
 * output, logs to standard error.
 */
export async function serve(options: ServeOptions, self: URL): Promise<void> {
  const { dir, host, port, sdk, geo, drain, metricsHost, metricsPort } = options;
  if (sdk && !existsSync(sdk)) throw new Error(`There is no SDK file ${sdk}.`);
  await listProjects({ dir, clock: Date.now }); // says so when the folder is not a server's
  const stopped = stopSignal(); // before anyone can know that we are there
  const log = errorLog();
  const sdkFile = sdk ?? SDK_FILES.find((file) => existsSync(file));
  const certificate = readCertificate(options);
  const findRegion = geo === undefined ? undefined : readGeoTable(readFileSync(geo, 'utf8'));
  const proxies = options.trustProxy ?? [];
  const server = await createServer({
    dir,
    clock: Date.now,
    log,
    sdkFile,
    processor: self,
    certificate,
    findRegion,
    proxies,
  });
  const onHangup = (): void => renew(server, options, log);
  process.on('SIGHUP', onHangup);
  try {
    const { url } = await server.listen({ host, port });
    console.log(`TRACEFLOW server  ${url}  (data in ${dir})`);
    if (metricsPort !== undefined)
      console.log(`Metrics  ${await server.listenMetrics({ host: metricsHost, port: metricsPort })}`);
    const signal = await stopped;
    log.info({ signal, drain }, 'Stopping.');
    server.drain();
    await wait(drain * 1000);
  } finally {
    process.off('SIGHUP', onHangup);
    await server.close();
  }
}

function readCertificate({ tlsCert, tlsKey }: ServeOptions): Certificate | undefined {
  if (tlsCert === undefined && tlsKey === undefined) return undefined;
  if (tlsCert === undefined || tlsKey === undefined)
    throw new Error('A certificate needs its key: give both --tls-cert and --tls-key.');
  return { cert: readFileSync(tlsCert), key: readFileSync(tlsKey) };
}

/** The old certificate stays in use when the new one is not right. */
function renew(server: RunningServer, options: ServeOptions, log: ServerLog): void {
  try {
    const certificate = readCertificate(options);
    if (!certificate) return;
    server.renewCertificate(certificate);
    log.info({}, 'The certificate was read again.');
  } catch (error) {
    log.error({ err: error }, 'The certificate cannot be used; the one before stays in use.');
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
