import type { LiveServer } from '../../../shared/ipc/live-calls.ts';
import { messageOf } from '../../../shared/lib/app-error.ts';
import type { Connections } from '../server-client/connections.ts';
import type { RetryPolicy } from '../server-client/retry.ts';
import type { Store } from '../store/store-api.ts';
import type { Remote } from '../threads/worker-client.ts';
import { type Watched, watchServer } from './watch-server.ts';

/** Who is online on the servers, as long as somebody looks. */
export interface Watcher {
  list(): Promise<LiveServer[]>;
  /** Watches until it is cancelled. */
  watch(signal: AbortSignal): Promise<void>;
  /** The servers are others, or are called otherwise. */
  serversChanged(): void;
  close(): Promise<void>;
}

/** @param deps.changed what `list` gives is something else. */
export function createWatcher(deps: {
  readonly store: Pick<Remote<Store>, 'servers'>;
  readonly connections: Connections;
  readonly clock: () => number;
  readonly retry: RetryPolicy;
  readonly changed: () => void;
  readonly log: (line: string) => void;
}): Watcher {
  const watches = new Map<string, { readonly controller: AbortController; readonly ended: Promise<void> }>();
  const known = new Map<string, Watched>();
  let watching = 0;
  let turn: Promise<void> = Promise.resolve();

  function start(id: string): void {
    const controller = new AbortController();
    const { signal } = controller;
    const ended = watchServer(id, {
      ...deps,
      signal,
      tell: (watched) => {
        if (signal.aborted) return;
        known.set(id, watched);
        deps.changed();
      },
    });
    watches.set(id, { controller, ended });
  }

  function stop(id: string): void {
    watches.get(id)?.controller.abort();
    watches.delete(id);
    known.delete(id);
  }

  /** Watches exactly the servers that are to be watched now. */
  async function adjust(): Promise<void> {
    const wanted = watching === 0 ? [] : (await deps.store.servers()).filter(({ paused }) => !paused);
    const ids = new Set(wanted.map(({ id }) => id));
    for (const id of [...watches.keys()]) if (!ids.has(id)) stop(id);
    for (const id of ids) if (!watches.has(id)) start(id);
    deps.changed();
  }

  /** Adjustments never overlap. */
  function adjustSoon(): void {
    turn = turn.then(adjust).catch((error: unknown) => deps.log(`watching the servers: ${messageOf(error)}`));
  }

  return {
    list: async () =>
      (await deps.store.servers()).map(({ id, name, projectName, paused }): LiveServer => {
        const watched = known.get(id);
        const server = { id, name, projectName, reason: null, visitors: [] };
        if (paused) return { ...server, state: 'paused' };
        if (!watched) return { ...server, state: 'connecting' };
        return watched.state === 'offline'
          ? { ...server, ...watched }
          : { ...server, ...watched, visitors: [...watched.visitors] };
      }),
    watch: async (signal) => {
      watching += 1;
      adjustSoon();
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        else signal.addEventListener('abort', () => resolve(), { once: true });
      });
      watching -= 1;
      adjustSoon();
    },
    serversChanged: () => {
      if (watches.size > 0 || watching > 0) adjustSoon();
    },
    close: async () => {
      watching = Number.NEGATIVE_INFINITY; // whoever still looks does not start anything again
      await turn;
      const ending = [...watches.values()].map(({ ended }) => ended);
      for (const id of [...watches.keys()]) stop(id);
      await Promise.all(ending);
    },
  };
}
