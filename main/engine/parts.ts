import type { Models } from './ai/models.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { Inspection } from './library/inspection.ts';
import type { Library } from './library/library.ts';
import type { Marking } from './library/marking.ts';
import type { PendingDeletes } from './library/pending-deletes.ts';
import type { Arrivals } from './live/arrivals.ts';
import type { Follower } from './live/follower.ts';
import type { Watcher } from './live/watcher.ts';
import type { LocalServer } from './local-server/local-server.ts';
import type { Connections } from './server-client/connections.ts';
import type { Store } from './store/store-api.ts';
import type { Remote } from './threads/worker-client.ts';
import type { Work } from './work.ts';

/** What the handlers are made of. */
export interface Parts {
  readonly store: Remote<Store>;
  readonly jobs: Jobs;
  readonly library: Library;
  readonly marking: Marking;
  readonly inspection: Inspection;
  readonly pendingDeletes: PendingDeletes;
  /** How long a deletion can be undone. */
  readonly undoMs: number;
  readonly work: Work;
  readonly models: Models;
  readonly localServer: LocalServer;
  readonly connections: Connections;
  readonly watcher: Watcher;
  readonly follower: Follower;
  readonly arrivals: Arrivals;
  readonly fetch: typeof fetch;
}
