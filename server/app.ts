import { Server as TlsServer } from 'node:https';
import { createAuthenticate } from './auth/authenticate.ts';
import { createAdmit } from './auth/bearer.ts';
import type { FindRegion } from './enrich/geo-table.ts';
import { type Certificate, closeHttpServer, createHttpServer, type ListenOptions, listen } from './http/listener.ts';
import type { Route } from './http/route.ts';
import { createRouter } from './http/router.ts';
import { createSenderOf } from './ingest/sender.ts';
import { createBatchTaker } from './ingest/take-batch.ts';
import { createBuckets } from './ingest/token-bucket.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { announcing } from './live/announce.ts';
import { createNews } from './live/news.ts';
import { createPresence } from './live/presence.ts';
import type { ServerLog } from './log.ts';
import { createGauges } from './operation/gauges.ts';
import { createMetrics } from './operation/metrics.ts';
import { createMetricsListener } from './operation/metrics-listener.ts';
import { createPrivacy } from './privacy/privacy.ts';
import { keepRetention } from './privacy/retention-timer.ts';
import { openDerived } from './process/derived-store.ts';
import { processOnDemand, startProcessing } from './process/processing.ts';
import { routesOf } from './routes.ts';
import { createScrubber } from './scrub/scrubber.ts';
import { openChunkReader } from './storage/embedded/chunk-reader.ts';
import { openEmbeddedStorage } from './storage/embedded/embedded-storage.ts';
import { createGateway } from './stream/gateway.ts';

/** What a server needs from outside. */
export interface ServerDeps {
  /** Folder of everything the server keeps. */
  readonly dir: string;
  /** Ms since epoch. */
  readonly clock: () => number;
  readonly log: ServerLog;
  /** The built SDK (one ES module), handed out to pages. */
  readonly sdkFile?: string | undefined;
  /** A binding of SQLite for runtimes the shipped one does not load in. */
  readonly nativeBinding?: string | undefined;
  /**
   * The module to run the stream processor and the scrubber in threads with (`server/main.ts`, or what it was bundled into). Without one,
   * sessions are derived only when somebody needs them, and batches scrubbed in the server's own thread.
   */
  readonly processor?: URL | undefined;
  readonly limits?: Partial<Limits>;
  /** Where an address is; kept of a batch instead of its address. */
  readonly findRegion?: FindRegion | undefined;
  /** Addresses of proxies in front, whose `X-Forwarded-For` is believed. */
  readonly proxies?: readonly string[];
  /** Makes it speak https. */
  readonly certificate?: Certificate | undefined;
}

/** A server over an open folder. */
export interface RunningServer {
  /** What it answers, and to whom. */
  readonly routes: readonly Pick<Route, 'method' | 'path' | 'access'>[];
  /** @throws when the port is taken. */
  listen(options: ListenOptions): Promise<{ readonly url: string }>;
  /** Answers `GET /metrics` on a port of its own. @returns its address. */
  listenMetrics(options: ListenOptions): Promise<string>;
  /** Connections from now on use another certificate. @throws when it does not fit its key. */
  renewCertificate(certificate: Certificate): void;
  /** Says that it is going away (`/readyz` answers 503), and serves on. */
  drain(): void;
  /** Resolves when the sessions of all that was accepted before are derived. */
  settle(): Promise<void>;
  /** Finishes what was accepted, then lets go of port and folder. */
  close(): Promise<void>;
}

/**
 * Opens the folder, which brings its index up to the journal, and prepares to listen.
 * @throws AppError `conflict` when another server has the folder, `unsupported` when a newer version wrote it.
 */
export async function createServer(deps: ServerDeps): Promise<RunningServer> {
  const limits: Limits = { ...DEFAULT_LIMITS, ...deps.limits };
  const { dir, log, clock, nativeBinding, processor } = deps;
  const news = createNews();
  const presence = createPresence(clock);
  const storage = announcing(await openEmbeddedStorage({ dir, log, clock, nativeBinding }), news, presence);
  const derived = openDerived(dir, nativeBinding);
  await derived.erase(await storage.erasedSessions()); // of an erasure that was cut off between the two
  const given = { dir, nativeBinding, log, clock, store: derived, head: () => storage.head() };
  const processing = processor ? startProcessing(processor, given) : processOnDemand(given);
  const authenticate = createAuthenticate(storage.accounts, clock);
  const metrics = createMetrics();
  const scrubber = createScrubber({ accounts: storage.accounts, program: processor, log });
  const taker = createBatchTaker({
    storage,
    authenticate,
    perAddress: createBuckets(limits.batchesPerAddress, clock),
    perKey: createBuckets(limits.batchesPerKey, clock),
    batchBytes: limits.batchBytes,
    clock,
    metrics,
    findRegion: deps.findRegion,
    scrub: scrubber.scrub,
  });
  const senderOf = createSenderOf(deps.proxies ?? []);
  const gateway = createGateway({ taker, storage, senderOf, limits, clock, log });
  let drained: Promise<void> | undefined;
  const privacy = createPrivacy({
    storage,
    derived,
    processing,
    openReader: () => openChunkReader(dir, nativeBinding),
    clock,
  });
  let isStopping = false;
  const routes = routesOf({
    storage,
    derived,
    privacy,
    taker,
    senderOf,
    scrubber,
    gateway,
    limits,
    news,
    presence,
    refresh: () => processing.refresh(),
    isStopping: () => isStopping,
    deps,
  });
  const retention = keepRetention(privacy, log);
  const server = createHttpServer(
    limits,
    createRouter(routes, createAdmit(authenticate), log, metrics),
    gateway,
    deps.certificate,
  );
  const metricsListener = createMetricsListener(
    metrics,
    createGauges({ dir, storage, derived, streams: gateway.count }),
    log,
  );
  return {
    routes,
    listen: async (options) => ({ url: await listen(server, options) }),
    listenMetrics: (options) => metricsListener.listen(options),
    renewCertificate: (certificate) => {
      if (server instanceof TlsServer) server.setSecureContext({ ...certificate, minVersion: 'TLSv1.2' });
    },
    drain: () => {
      isStopping = true;
      drained ??= gateway.drain();
    },
    settle: () => processing.settle(),
    close: async () => {
      isStopping = true;
      news.close();
      const hangUp = setTimeout(() => gateway.close(), limits.closeGraceMs);
      await (drained ?? gateway.drain());
      await closeHttpServer(server, limits.closeGraceMs);
      clearTimeout(hangUp);
      gateway.close();
      await scrubber.stop();
      await metricsListener.close();
      await retention.stop();
      await processing.stop();
      derived.close();
      await storage.close();
    },
  };
}
