import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { LocalServerInfo } from '../../../shared/ipc/engine-calls.ts';
import { AppError } from '../../../shared/lib/app-error.ts';
import type { Secrets } from '../secrets.ts';
import { tokenName } from '../server-client/connections.ts';
import type { Store } from '../store/store-api.ts';
import { askServer } from '../sync/connect-server.ts';
import { serverId } from '../sync/session-key.ts';
import type { Remote, WorkerClient } from '../threads/worker-client.ts';
import type { LocalServerHost } from './local-server-api.ts';

/** What is kept of the local server between runs; the read token lies with the other tokens. */
const Remembered = z.object({ port: z.number().int(), project: z.string(), writeKey: z.string() });
type Remembered = z.infer<typeof Remembered>;

/** The ingestion service inside the app, for a workspace of one. */
export interface LocalServer {
  status(): LocalServerInfo;
  start(): Promise<LocalServerInfo>;
  stop(): Promise<LocalServerInfo>;
}

const STOPPED: LocalServerInfo = { running: false, url: null, writeKey: null, snippet: null };

/** @param deps.startHost starts the thread the server runs in. */
export function createLocalServer(deps: {
  readonly profileDir: string;
  readonly startHost: () => WorkerClient<LocalServerHost>;
  readonly store: Remote<Store>;
  readonly secrets: Secrets;
  readonly fetch: typeof fetch;
  readonly clock: () => number;
  readonly changed: () => void;
}): LocalServer {
  const file = join(deps.profileDir, 'local-server.json');
  let host: WorkerClient<LocalServerHost> | null = null;
  let info = STOPPED;
  let turn: Promise<unknown> = Promise.resolve();

  async function start(): Promise<LocalServerInfo> {
    if (info.running) return info;
    const known = recall(file);
    host = deps.startHost();
    try {
      const started = await host.api.start({ port: known?.port ?? null, writeKey: known?.writeKey ?? null });
      const project = started.created?.project ?? known?.project;
      const writeKey = started.created?.writeKey ?? known?.writeKey;
      if (!project || !writeKey) throw new AppError('internal', 'The local server has no project.');
      remember(file, { port: started.port, project, writeKey });
      const id = serverId('local', project);
      if (started.created) await deps.secrets.set(tokenName(id), started.created.readToken);
      await register(id, started.url);
      info = { running: true, url: started.url, writeKey, snippet: started.snippet };
      return info;
    } catch (error) {
      await stop();
      throw error;
    }
  }

  /** The local server is a server like any other: its sessions come by syncing from it. */
  async function register(id: string, url: string): Promise<void> {
    const token = (await deps.secrets.get(tokenName(id))) ?? '';
    const { project } = await askServer(deps.fetch, { url, token }, new AbortController().signal);
    await deps.store.saveServer({
      id,
      url,
      project: project.project,
      name: project.name,
      history: project.history,
      cursor: 0,
      addedAt: deps.clock(),
    });
    deps.changed();
  }

  async function stop(): Promise<LocalServerInfo> {
    info = STOPPED;
    const ending = host;
    host = null;
    await ending?.stop();
    return info;
  }

  /** Start and stop never overlap. */
  const inTurn = (task: () => Promise<LocalServerInfo>): Promise<LocalServerInfo> => {
    const next = turn.then(task, task);
    turn = next.catch(() => undefined); // the caller of this turn gets the failure
    return next;
  };

  return { status: () => info, start: () => inTurn(start), stop: () => inTurn(stop) };
}

function recall(file: string): Remembered | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const kept = Remembered.safeParse(parse(text));
  if (kept.success) return kept.data;
  throw new AppError('damaged', `${file} is damaged. Delete it, and the local server gets a new key for your pages.`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // the caller names the damaged file
  }
}

function remember(file: string, kept: Remembered): void {
  writeFileSync(`${file}.new`, JSON.stringify(kept), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
