import type { HandlersOf } from '../../../shared/ipc/call.ts';
import type { CallContext } from '../../../shared/ipc/dispatch.ts';
import type { EngineCalls, ServerInfo } from '../../../shared/ipc/engine-calls.ts';
import type { Job } from '../../../shared/ipc/job.ts';
import type { LiveServer } from '../../../shared/ipc/live-calls.ts';
import { AppError } from '../../../shared/lib/app-error.ts';
import type { SessionRow } from '../../../shared/model/session.ts';

type ServerCalls =
  | 'servers.list'
  | 'servers.test'
  | 'servers.add'
  | 'servers.check'
  | 'servers.change'
  | 'servers.remove'
  | 'sync.start'
  | 'live.list'
  | 'live.watch'
  | 'live.open'
  | 'live.follow'
  | 'live.session';

/** Servers of a fake engine, and who is online there. */
export function fakeServers(deps: {
  readonly servers: readonly ServerInfo[];
  readonly live: readonly LiveServer[];
  readonly rows: () => readonly SessionRow[];
  readonly changed: (what: { servers?: boolean; live?: boolean }) => void;
  readonly finish: (kind: Job['kind'], title: string, message: string) => { jobId: string };
}): Pick<HandlersOf<EngineCalls, CallContext>, ServerCalls> {
  let servers = [...deps.servers];
  const { changed } = deps;
  const followed = new Set<string>();
  const cancelled = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve());
    });
  return {
    'servers.list': () => servers,
    'servers.test': ({ url }) =>
      url.startsWith('http')
        ? { reachable: true, verdict: 'Connected. Project "Shop", 12,480 sessions, server 1.0.0.', project: null }
        : { reachable: false, verdict: `"${url}" is not an address. It starts with https://.`, project: null },
    'servers.add': ({ url }) => {
      const server: ServerInfo = {
        id: 'new',
        url,
        project: 'shop',
        name: 'Shop',
        projectName: 'Shop',
        paused: false,
        cursor: 0,
        lastSyncAt: null,
        lastError: null,
      };
      servers = [...servers, server];
      changed({ servers: true });
      return server;
    },
    'servers.check': () => ({
      works: true,
      verdict: '"Shop" answers: version 1.0.0, 12480 changes so far.',
      role: 'analyst',
      expiresAt: Date.now() + 3 * 24 * 60 * 60 * 1000,
    }),
    'servers.change': ({ id, name, paused }) => {
      servers = servers.map((server) =>
        server.id === id
          ? {
              ...server,
              name: name === undefined ? server.name : (name ?? server.projectName),
              paused: paused ?? server.paused,
            }
          : server,
      );
      changed({ servers: true });
    },
    'servers.remove': ({ id }) => {
      servers = servers.filter((server) => server.id !== id);
      changed({ servers: true });
    },
    'sync.start': () => deps.finish('sync', 'Sync with Shop', '3 new sessions.'),
    'live.list': () => [...deps.live],
    'live.watch': (_, { signal }) => cancelled(signal),
    'live.open': ({ session }) => {
      const [row] = deps.rows();
      if (session === 'gone' || !row) throw new AppError('not-found', 'The server has nothing of this session yet.');
      followed.add(row.key);
      return { key: row.key };
    },
    'live.follow': async ({ key }, { signal }) => {
      if (!followed.has(key)) return { followed: false };
      changed({ live: true });
      await cancelled(signal);
      return { followed: true };
    },
    'live.session': ({ key }) => ({ state: followed.has(key) ? 'following' : 'off', reason: null }),
  };
}
