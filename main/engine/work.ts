import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerInfo } from '../../shared/ipc/engine-calls.ts';
import { AppError } from '../../shared/lib/app-error.ts';
import type { SessionKey } from '../../shared/model/identity.ts';
import type { Analyst } from './analyst/analyst-api.ts';
import type { StoreChange } from './events.ts';
import { exportSessions } from './export/export-sessions.ts';
import { displayName } from './import/display-name.ts';
import { importFiles } from './import/import-files.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { Derivation } from './library/derivation.ts';
import { diagnoseSessions } from './library/diagnose-sessions.ts';
import type { Secrets } from './secrets.ts';
import { type Connections, tokenName } from './server-client/connections.ts';
import { PATIENCE, type Patience } from './server-client/retry.ts';
import type { Store } from './store/store-api.ts';
import { askServer, type ServerAddress } from './sync/connect-server.ts';
import { runSync } from './sync/run-sync.ts';
import { serverId } from './sync/session-key.ts';
import type { Remote } from './threads/worker-client.ts';

/** Everything that takes long, each as a job; and the servers it needs. */
export interface Work {
  importFiles(paths: readonly string[]): string;
  exportSessions(keys: readonly SessionKey[], path: string): string;
  openDemo(): string;
  /** Makes facts and diagnosis again. */
  diagnose(keys: readonly SessionKey[]): string;
  /** A server that is being synced already keeps its job. */
  sync(id: string): string;
  addServer(address: ServerAddress, signal: AbortSignal): Promise<ServerInfo>;
  /** A server that is paused is not synced on. */
  changeServer(change: { id: string; name?: string | null | undefined; paused?: boolean | undefined }): Promise<void>;
  /** Its sessions stay. */
  removeServer(id: string): Promise<void>;
}

/** @param deps.changed tells the windows what is stale. */
export function createWork(deps: {
  readonly store: Remote<Store>;
  readonly analyst: Remote<Analyst>;
  readonly derivation: Derivation;
  readonly jobs: Jobs;
  readonly secrets: Secrets;
  readonly connections: Connections;
  readonly fetch: typeof fetch;
  readonly clock: () => number;
  readonly patience?: Patience | undefined;
  readonly demoDir: string | null;
  readonly changed: (what: Partial<StoreChange>) => void;
  /** Recordings have grown, or are gone. */
  readonly arrived: (keys: readonly SessionKey[]) => void;
  /** Nothing may be asked of this server any more. */
  readonly left: (id: string, why: string) => void;
}): Work {
  const { store, analyst, derivation, jobs } = deps;
  /** Imports bring notes and tags along. */
  const sessionsChanged = (): void => deps.changed({ sessions: true, marks: true });
  const syncing = new Map<string, string>();
  let writings = 0;

  function importPaths(paths: readonly string[]): string {
    const [first = ''] = paths;
    const title = paths.length === 1 ? `Import ${displayName(first)}` : `Import ${paths.length} files`;
    return jobs.start({ kind: 'import', title, unit: 'files' }, (job) =>
      importFiles(paths, (path) => `file:${displayName(path)}`, {
        store,
        analyst,
        derivation,
        job,
        changed: sessionsChanged,
      }),
    );
  }

  function openDemo(): string {
    return jobs.start({ kind: 'demo', title: 'Open the demo workspace', unit: 'files' }, async (job) =>
      importFiles(await demoFiles(deps.demoDir), () => 'demo', {
        store,
        analyst,
        derivation,
        job,
        changed: sessionsChanged,
      }),
    );
  }

  function exportTo(keys: readonly SessionKey[], path: string): string {
    return jobs.start({ kind: 'export', title: `Export to ${displayName(path)}`, unit: 'sessions' }, (job) =>
      exportSessions({ keys, path, writingId: ++writings, at: deps.clock() }, { store, analyst, derivation, job }),
    );
  }

  function diagnose(keys: readonly SessionKey[]): string {
    const title = keys.length === 1 ? 'Diagnose a session' : `Diagnose ${keys.length} sessions`;
    return jobs.start({ kind: 'diagnose', title, unit: 'sessions' }, (job) =>
      diagnoseSessions(keys, { store, derivation, job }),
    );
  }

  function sync(id: string): string {
    const known = syncing.get(id);
    if (known) return known;
    const changed = (): void => deps.changed({ sessions: true, servers: true });
    const jobId = jobs.start({ kind: 'sync', title: 'Sync', unit: 'changes' }, (job) =>
      runSync(id, {
        store,
        connections: deps.connections,
        clock: deps.clock,
        patience: deps.patience ?? PATIENCE,
        derivation,
        job,
        changed,
        arrived: deps.arrived,
      }).finally(() => syncing.delete(id)),
    );
    syncing.set(id, jobId);
    return jobId;
  }

  async function addServer(address: ServerAddress, signal: AbortSignal): Promise<ServerInfo> {
    const { url, project } = await askServer(deps.fetch, address, signal);
    const id = serverId(url, project.project);
    // The token first: a server without one could only fail.
    await deps.secrets.set(tokenName(id), address.token.trim());
    const { name, history } = project;
    await store.saveServer({ id, url, project: project.project, name, history, cursor: 0, addedAt: deps.clock() });
    deps.changed({ servers: true });
    const added = (await store.servers()).find((server) => server.id === id);
    if (!added) throw new AppError('internal', `${url} was not kept.`);
    return added;
  }

  /** Nothing is asked of a server any more. */
  async function leave(id: string, why: string): Promise<void> {
    deps.left(id, why);
    const job = syncing.get(id);
    if (!job) return;
    jobs.cancel(job);
    await jobs.wait(job);
  }

  async function changeServer({ id, name, paused }: Parameters<Work['changeServer']>[0]): Promise<void> {
    if (paused) await leave(id, 'Its server was paused.');
    await store.changeServer({
      id,
      ...(name === undefined ? {} : { name }),
      ...(paused === undefined ? {} : { paused }),
    });
    deps.changed({ servers: true });
  }

  async function removeServer(id: string): Promise<void> {
    await leave(id, 'Its server was removed.');
    await store.removeServer({ id });
    await deps.secrets.delete(tokenName(id));
    deps.changed({ servers: true });
  }

  return {
    importFiles: importPaths,
    exportSessions: exportTo,
    openDemo,
    diagnose,
    sync,
    addServer,
    changeServer,
    removeServer,
  };
}

/** The files of the demo workspace, sorted by name. @throws AppError `not-found` when this build has none. */
async function demoFiles(demoDir: string | null): Promise<string[]> {
  const missing = new AppError('not-found', 'This build of TRACEFLOW comes without the demo workspace.');
  if (demoDir === null) throw missing;
  const names = await readdir(demoDir).catch((error: unknown) => {
    throw new AppError('not-found', missing.message, { cause: error });
  });
  const files = names.filter((name) => name.endsWith('.traceflow')).sort();
  if (files.length === 0) throw missing;
  return files.map((name) => join(demoDir, name));
}
