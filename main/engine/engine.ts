import { mkdirSync } from 'node:fs';
import { createDispatcher } from '../../shared/ipc/dispatch.ts';
import { engineCalls } from '../../shared/ipc/engine-calls.ts';
import { frameCalls } from '../../shared/ipc/frame-calls.ts';
import { privilegedCalls } from '../../shared/ipc/privileged-calls.ts';
import type { SessionKey } from '../../shared/model/identity.ts';
import type { Dispatch } from '../../shared/rpc/rpc.ts';
import type { ModelPatience } from './ai/guarded-fetch.ts';
import { createModels } from './ai/models.ts';
import { createEventHub, type EngineEvent, type StoreChange } from './events.ts';
import { engineHandlers, frameHandlers, privilegedHandlers } from './handlers.ts';
import { createJobs } from './jobs/jobs.ts';
import { createDerivation } from './library/derivation.ts';
import { createInspection } from './library/inspection.ts';
import { createLibrary } from './library/library.ts';
import { createMarking } from './library/marking.ts';
import { createPendingDeletes, UNDO_MS } from './library/pending-deletes.ts';
import { createArrivals } from './live/arrivals.ts';
import { createFollower } from './live/follower.ts';
import { createDerivedRefresh } from './live/refresh-derived.ts';
import { createWatcher } from './live/watcher.ts';
import { createLocalServer } from './local-server/local-server.ts';
import type { Secrets } from './secrets.ts';
import { createConnections } from './server-client/connections.ts';
import { PATIENCE, type Patience } from './server-client/retry.ts';
import { profileError } from './store/profile-error.ts';
import { startThreads } from './threads/start-threads.ts';
import { createWork } from './work.ts';

/** Everything from outside that the engine needs. */
export interface EngineDeps {
  /** Folder of the library; made when it is not there. */
  readonly profileDir: string;
  readonly fetch: typeof fetch;
  /** Ms since epoch. */
  readonly clock: () => number;
  /** One line about something a developer should know. */
  readonly log: (line: string) => void;
  readonly secrets: Secrets;
  /** How much a team server is put up with; usually what `PATIENCE` says. */
  readonly patience?: Patience | undefined;
  /** Folder of the demo workspace's `.traceflow` files. */
  readonly demoDir: string | null;
  /** The built SDK the local server hands out. */
  readonly sdkFile: string | null;
  readonly nativeBinding?: string | undefined;
  /** How long a deletion can be undone, ms. */
  readonly undoMs?: number | undefined;
  /** How long a model may be silent; for tests. */
  readonly modelPatience?: ModelPatience | undefined;
  /** Where the entry of a worker lies; by default its source beside this file. */
  readonly workerUrl?: ((name: string) => URL) | undefined;
}

/** The app's back half: the same in Electron, the CLI and tests. */
export interface Engine {
  /** What windows may ask for. */
  readonly call: Dispatch;
  /** What only the shell and the CLI may ask for. */
  readonly privileged: Dispatch;
  /** What the replay frame of one session may ask for. */
  frame(key: SessionKey): Dispatch;
  /** @returns a function that stops listening. */
  onEvent(listener: (event: EngineEvent) => void): () => void;
  /** Stops jobs, finishes what must not be lost, ends all threads. */
  close(): Promise<void>;
}

const HERE = import.meta.url;

/**
 * @throws AppError `conflict` when the profile is in use, `unsupported` when a newer version wrote it, `internal` when its
 *   folder cannot be written.
 */
export async function createEngine(deps: EngineDeps): Promise<Engine> {
  try {
    mkdirSync(deps.profileDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw profileError(deps.profileDir, error);
  }
  const workerUrl = deps.workerUrl ?? ((name) => new URL(`workers/${name}.ts`, HERE));
  const threads = await startThreads({ ...deps, workerUrl, now: deps.clock() });
  const { store, reader, analyst } = threads;
  const hub = createEventHub();
  const changed = (what: Partial<StoreChange>): void => {
    if (what.servers) watcher.serversChanged();
    hub.emit({
      name: 'store.changed',
      payload: { sessions: false, servers: false, marks: false, live: false, ...what },
    });
  };
  const sessionsChanged = (): void => changed({ sessions: true });
  const patience = deps.patience ?? PATIENCE;
  const connections = createConnections({ ...deps, store, patience });
  const liveChanged = (): void => changed({ live: true });
  const watcher = createWatcher({ ...deps, store, connections, retry: patience, changed: liveChanged });
  const arrivals = createArrivals();
  const jobs = createJobs({ clock: deps.clock, changed: (payload) => hub.emit({ name: 'job.changed', payload }) });
  const derivation = createDerivation({ ...threads, derived: sessionsChanged, log: deps.log });
  const derivedRefresh = createDerivedRefresh({ derivation, log: deps.log });
  const follower = createFollower({
    ...deps,
    store,
    connections,
    patience,
    applied: (keys) => {
      arrivals.arrived(keys);
      sessionsChanged();
      derivedRefresh.grown(keys);
    },
    changed: liveChanged,
  });
  const localServer = createLocalServer({
    ...deps,
    store,
    startHost: threads.startLocalServer,
    changed: () => changed({ servers: true }),
  });
  const pendingDeletes = createPendingDeletes({
    store,
    undoMs: deps.undoMs ?? UNDO_MS,
    changed: sessionsChanged,
    log: deps.log,
  });
  const library = createLibrary({ store, reader, derivation, changed: sessionsChanged });
  const parts = {
    pendingDeletes,
    undoMs: deps.undoMs ?? UNDO_MS,
    store,
    jobs,
    localServer,
    fetch: deps.fetch,
    inspection: createInspection(threads),
    library,
    models: createModels({
      ...deps,
      patience: deps.modelPatience,
      store,
      library,
      factsVersion: threads.versions.facts,
      draft: (payload) => hub.emit({ name: 'model.draft', payload }),
    }),
    marking: createMarking({ store, clock: deps.clock, changed: () => changed({ marks: true }) }),
    work: createWork({
      ...deps,
      store,
      connections,
      analyst,
      derivation,
      jobs,
      changed,
      arrived: arrivals.arrived,
      left: follower.leave,
    }),
    connections,
    watcher,
    follower,
    arrivals,
  };
  for (const message of threads.messages) {
    deps.log(message);
    jobs.start({ kind: 'import', title: 'Library looked after', unit: 'sessions' }, async () => message);
  }
  const closing = new AbortController();
  const caughtUp = derivation
    .catchUp(closing.signal)
    .catch((error: unknown) => deps.log(`catching up: ${String(error)}`));

  return {
    call: createDispatcher(engineCalls, engineHandlers(parts)),
    privileged: createDispatcher(privilegedCalls, privilegedHandlers(parts)),
    frame: (key) => createDispatcher(frameCalls, frameHandlers(parts, key)),
    onEvent: hub.listen,
    close: async () => {
      closing.abort();
      derivedRefresh.close();
      await Promise.all([watcher.close(), follower.close()]);
      await jobs.close();
      await localServer.stop();
      await caughtUp;
      await pendingDeletes.close();
      await threads.stop();
    },
  };
}
