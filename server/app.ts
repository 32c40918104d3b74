import { Server as TlsServer } from 'node:https';
import { PATHS } from '../shared/wire/change.ts';
import { createAuditRoute } from './admin/audit-route.ts';
import { annotationRoutes } from './annotations/annotation-routes.ts';
import { type Authenticate, createAuthenticate } from './auth/authenticate.ts';
import { createAdmit } from './auth/bearer.ts';
import { createChunkRoute } from './changes/chunk-route.ts';
import { createChangesRoute, createProjectRoute } from './changes/read-routes.ts';
import { createReadyRoute, sendAlive } from './http/health-route.ts';
import { type Certificate, closeHttpServer, createHttpServer, type ListenOptions, listen } from './http/listener.ts';
import { createOpenApiRoute } from './http/openapi.ts';
import { createBodyReceiver } from './http/receive-body.ts';
import type { Route } from './http/route.ts';
import { createRouter } from './http/router.ts';
import { createSdkRoute, SDK_PATH } from './http/sdk-route.ts';
import { createBatchRoute } from './ingest/batch-route.ts';
import { createBuckets } from './ingest/token-bucket.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { announcing } from './live/announce.ts';
import { createLiveRoute } from './live/live-route.ts';
import { createNews, type News } from './live/news.ts';
import { createPresence, type Presence } from './live/presence.ts';
import type { ServerLog } from './log.ts';
import { createGauges } from './operation/gauges.ts';
import { createMetrics, type Metrics } from './operation/metrics.ts';
import { createMetricsListener } from './operation/metrics-listener.ts';
import { emptyExports } from './privacy/export-route.ts';
import { createPrivacy, type Privacy } from './privacy/privacy.ts';
import { privacyRoutes } from './privacy/privacy-routes.ts';
import { keepRetention } from './privacy/retention-timer.ts';
import { type DerivedStore, openDerived } from './process/derived-store.ts';
import { processOnDemand, startProcessing } from './process/processing.ts';
import { createSessionRoute, createSessionsRoute } from './process/session-routes.ts';
import { openChunkReader } from './storage/embedded/chunk-reader.ts';
import { openEmbeddedStorage } from './storage/embedded/embedded-storage.ts';
import type { Storage } from './storage/storage.ts';

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
   * The module to run the stream processor in a thread with (`server/main.ts`, or what it was bundled into). Without one,
   * sessions are derived only when somebody needs them.
   */
  readonly processor?: URL | undefined;
  readonly limits?: Partial<Limits>;
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
  const privacy = createPrivacy({
    storage,
    derived,
    processing,
    openReader: () => openChunkReader(dir, nativeBinding),
    clock,
  });
  const metrics = createMetrics();
  let isStopping = false;
  const routes = routesOf({
    storage,
    derived,
    privacy,
    authenticate,
    limits,
    metrics,
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
    deps.certificate,
  );
  const metricsListener = createMetricsListener(metrics, createGauges({ dir, storage, derived }), log);
  return {
    routes,
    listen: async (options) => ({ url: await listen(server, options) }),
    listenMetrics: (options) => metricsListener.listen(options),
    renewCertificate: (certificate) => {
      if (server instanceof TlsServer) server.setSecureContext({ ...certificate, minVersion: 'TLSv1.2' });
    },
    drain: () => {
      isStopping = true;
    },
    settle: () => processing.settle(),
    close: async () => {
      isStopping = true;
      news.close();
      await closeHttpServer(server, limits.closeGraceMs);
      await metricsListener.close();
      await retention.stop();
      await processing.stop();
      derived.close();
      await storage.close();
    },
  };
}

/** The parts of a server that its routes are made of. */
interface Parts {
  readonly storage: Storage;
  readonly derived: DerivedStore;
  readonly privacy: Privacy;
  readonly authenticate: Authenticate;
  readonly limits: Limits;
  readonly metrics: Metrics;
  readonly news: News;
  readonly presence: Presence;
  readonly refresh: () => Promise<void>;
  readonly isStopping: () => boolean;
  readonly deps: ServerDeps;
}

function routesOf(parts: Parts): Route[] {
  const { storage, derived, privacy, authenticate, limits, metrics, news, presence, refresh, isStopping, deps } = parts;
  const { clock, sdkFile } = deps;
  const reads = { storage, clock };
  const sendReady = createReadyRoute(storage, isStopping);
  const takeBatch = createBatchRoute({
    storage,
    authenticate,
    perAddress: createBuckets(limits.batchesPerAddress, clock),
    perKey: createBuckets(limits.batchesPerKey, clock),
    receiver: createBodyReceiver(limits),
    batchBytes: limits.batchBytes,
    clock,
    metrics,
  });
  const routes: Route[] = [
    { method: 'POST', path: PATHS.batches, access: 'write key', anyOrigin: true, handle: takeBatch },
    { method: 'GET', path: PATHS.changes, access: 'viewer', handle: createChangesRoute({ ...reads, news }) },
    {
      method: 'GET',
      path: PATHS.live,
      access: 'viewer',
      handle: createLiveRoute(presence, derived.db, refresh, clock),
    },
    { method: 'GET', path: `${PATHS.chunks}/`, access: 'viewer', handle: createChunkRoute(reads) },
    { method: 'GET', path: PATHS.project, access: 'viewer', handle: createProjectRoute(reads) },
    { method: 'GET', path: PATHS.sessions, access: 'viewer', handle: createSessionsRoute(derived.db) },
    { method: 'GET', path: `${PATHS.sessions}/`, access: 'viewer', handle: createSessionRoute(derived.db) },
    ...annotationRoutes(storage, clock),
    { method: 'GET', path: PATHS.audit, access: 'admin', handle: createAuditRoute(storage.accounts) },
    ...privacyRoutes({ privacy, accounts: storage.accounts, clock, exportsDir: emptyExports(deps.dir) }),
    { method: 'GET', path: PATHS.alive, access: 'anyone', handle: sendAlive },
    { method: 'GET', path: PATHS.ready, access: 'anyone', handle: sendReady },
    { method: 'GET', path: PATHS.health, access: 'anyone', handle: sendReady },
    { method: 'GET', path: SDK_PATH, access: 'anyone', anyOrigin: true, handle: createSdkRoute(sdkFile) },
    { method: 'GET', path: PATHS.openApi, access: 'anyone', handle: createOpenApiRoute(() => routes) },
  ];
  return routes;
}
