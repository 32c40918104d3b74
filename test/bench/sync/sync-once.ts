import { PATIENCE } from '../../../main/engine/server-client/retry.ts';
import { createServerClient } from '../../../main/engine/server-client/server-client.ts';
import { syncServer } from '../../../main/engine/sync/sync-server.ts';
import { startThreads } from '../../../main/engine/threads/start-threads.ts';

const SERVER = {
  id: 'bench',
  project: 'p',
  name: 'bench',
  projectName: 'bench',
  paused: false,
  cursor: 0,
  lastSyncAt: null,
  lastError: null,
};

/** Opens a library, syncs it with a feed until the cursor is at the head, closes it. @returns how long the sync took, ms. */
export async function syncOnce(profileDir: string, url: string): Promise<number> {
  const threads = await startThreads({
    profileDir,
    now: Date.now(),
    sdkFile: null,
    workerUrl: (name) => new URL(`../../../main/engine/workers/${name}.ts`, import.meta.url),
  });
  const server = { ...SERVER, url };
  await threads.store.saveServer({ ...server, history: 'h', addedAt: 0 });
  const startedAt = performance.now();
  await syncServer(server, {
    store: threads.store,
    client: createServerClient({ fetch, url, token: 'x', answerMs: PATIENCE.answerMs }),
    retry: PATIENCE,
    clock: Date.now,
    signal: new AbortController().signal,
    progress: () => undefined,
    applied: () => undefined,
  });
  const tookMs = performance.now() - startedAt;
  await threads.stop();
  return tookMs;
}
