import { PATHS } from '../shared/wire/change.ts';
import { createAuditRoute } from './admin/audit-route.ts';
import { annotationRoutes } from './annotations/annotation-routes.ts';
import type { ServerDeps } from './app.ts';
import { assetRoutes } from './assets/asset-routes.ts';
import { createChunkRoute } from './changes/chunk-route.ts';
import { createChangesRoute, createProjectRoute } from './changes/read-routes.ts';
import { createReadyRoute, sendAlive } from './http/health-route.ts';
import { createOpenApiRoute } from './http/openapi.ts';
import { createBodyReceiver } from './http/receive-body.ts';
import type { Route } from './http/route.ts';
import { createSdkRoute, SDK_FOLDER } from './http/sdk-route.ts';
import { createBatchRoute } from './ingest/batch-route.ts';
import type { SenderOf } from './ingest/sender.ts';
import type { BatchTaker } from './ingest/take-batch.ts';
import type { Limits } from './limits.ts';
import { createLiveRoute } from './live/live-route.ts';
import type { News } from './live/news.ts';
import type { Presence } from './live/presence.ts';
import { emptyExports } from './privacy/export-route.ts';
import type { Privacy } from './privacy/privacy.ts';
import { privacyRoutes } from './privacy/privacy-routes.ts';
import type { DerivedStore } from './process/derived-store.ts';
import { createSessionRoute, createSessionsRoute } from './process/session-routes.ts';
import { scrubRoutes } from './scrub/scrub-routes.ts';
import type { Scrubber } from './scrub/scrubber.ts';
import type { Storage } from './storage/storage.ts';
import type { Gateway } from './stream/gateway.ts';

/** The parts of a server that its routes are made of. */
export interface Parts {
  readonly storage: Storage;
  readonly derived: DerivedStore;
  readonly privacy: Privacy;
  readonly taker: BatchTaker;
  readonly senderOf: SenderOf;
  readonly scrubber: Scrubber;
  readonly gateway: Gateway;
  readonly limits: Limits;
  readonly news: News;
  readonly presence: Presence;
  readonly refresh: () => Promise<void>;
  readonly isStopping: () => boolean;
  readonly deps: ServerDeps;
}

/** The routing table. */
export function routesOf(parts: Parts): Route[] {
  const {
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
    refresh,
    isStopping,
    deps,
  } = parts;
  const { clock, sdkFile } = deps;
  const reads = { storage, clock };
  const sendReady = createReadyRoute(storage, isStopping);
  const { batchBytes } = limits;
  const receiver = createBodyReceiver(limits);
  const takeBatch = createBatchRoute({ taker, receiver, batchBytes, senderOf });
  const routes: Route[] = [
    { method: 'POST', path: PATHS.batches, access: 'write key', anyOrigin: true, handle: takeBatch },
    { method: 'GET', path: PATHS.stream, access: 'write key', handle: (exchange) => gateway.explain(exchange) },
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
    ...assetRoutes({ storage, taker, scrubber, receiver, senderOf }),
    ...annotationRoutes(storage, clock),
    ...scrubRoutes(storage.accounts, clock),
    { method: 'GET', path: PATHS.audit, access: 'admin', handle: createAuditRoute(storage.accounts) },
    ...privacyRoutes({ privacy, accounts: storage.accounts, clock, exportsDir: emptyExports(deps.dir) }),
    { method: 'GET', path: PATHS.alive, access: 'anyone', handle: sendAlive },
    { method: 'GET', path: PATHS.ready, access: 'anyone', handle: sendReady },
    { method: 'GET', path: PATHS.health, access: 'anyone', handle: sendReady },
    { method: 'GET', path: SDK_FOLDER, access: 'anyone', anyOrigin: true, handle: createSdkRoute(sdkFile) },
    { method: 'GET', path: PATHS.openApi, access: 'anyone', handle: createOpenApiRoute(() => routes) },
  ];
  return routes;
}
