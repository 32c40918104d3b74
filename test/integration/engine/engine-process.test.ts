import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../../main/engine/store/store.ts';
import { createDispatcher } from '../../../shared/ipc/dispatch.ts';
import {
  ENGINE_REFUSED,
  type EngineConfig,
  FromEngineProcess,
  secretCalls,
  type ToEngineProcess,
} from '../../../shared/ipc/engine-host.ts';
import { unwrap } from '../../../shared/lib/result.ts';
import { workerPort } from '../../../shared/node/worker-port.ts';
import { connect, serve } from '../../../shared/rpc/rpc.ts';
import { startFeedServer } from './support/feed-server.ts';
import { temporaryFolder } from './support/profile.ts';
import { fileWith, recording } from './support/recordings.ts';

const ENGINE = join(import.meta.dirname, '..', '..', '..', 'main', 'engine');

/** Worker entries under the names a build gives them. */
function builtWorkers(): string {
  const folder = temporaryFolder();
  for (const name of readdirSync(join(ENGINE, 'workers'))) {
    const source = pathToFileURL(join(ENGINE, 'workers', name)).href;
    writeFileSync(join(folder, name.replace('.ts', '.js')), `await import(${JSON.stringify(source)});`);
  }
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  return folder;
}

function startProcess(config: Partial<EngineConfig>) {
  const worker = new Worker(new URL('./support/utility-process.ts', import.meta.url));
  const said: unknown[] = [];
  const exited = new Promise<number>((done) => worker.once('exit', done));
  const waiting: (() => void)[] = [];
  worker.on('message', (message: unknown) => {
    said.push(FromEngineProcess.parse(message));
    for (const wake of waiting.splice(0)) wake();
  });
  onTestFinished(async () => void (await worker.terminate()));
  const send = (data: ToEngineProcess, ports: MessagePort[] = []): void => worker.postMessage({ data, ports }, ports);
  const channel = (port: Extract<ToEngineProcess, { kind: 'port' }>['port']) => {
    const { port1, port2 } = new MessageChannel();
    send({ kind: 'port', port }, [port1]);
    return workerPort(port2);
  };
  send({
    kind: 'start',
    config: {
      profileDir: temporaryFolder(),
      demoDir: null,
      sdkFile: null,
      workersDir: builtWorkers(),
      nativeBinding: null,
      ...config,
    },
  });
  const heard = async (): Promise<unknown> => {
    if (said.length === 0) await new Promise<void>((wake) => waiting.push(wake));
    return said.shift();
  };
  return { send, channel, heard, exited };
}

it('serves window, frame and shell over their ports, each only what it may', async () => {
  const secrets = new Map<string, string>();
  const { send, channel, heard, exited } = startProcess({});
  const shell = connect(channel({ role: 'shell' }));
  const answer = createDispatcher(secretCalls, {
    'secrets.get': ({ name }) => secrets.get(name) ?? null,
    'secrets.set': ({ name, value }) => void secrets.set(name, value),
    'secrets.delete': ({ name }) => void secrets.delete(name),
  });
  serve(channel({ role: 'secrets' }), answer);
  const window = connect(channel({ role: 'window' }));
  const events: string[] = [];
  window.onEvent((name) => events.push(name));
  const file = fileWith(temporaryFolder(), 'a.json', JSON.stringify(recording()));
  const started = unwrap(await shell.call('import.files', { paths: [file] }));
  const job = unwrap(await shell.call('jobs.wait', started)) as { sessions: [string] };
  expect(await heard()).toEqual({ kind: 'ready' });
  expect(unwrap(await window.call('sessions.list', {}))).toMatchObject({ total: 1 });
  expect(events).toContain('store.changed');
  const [key] = job.sessions;
  const frame = connect(channel({ role: 'frame', key: key as never }));
  expect(unwrap(await frame.call('frame.chunk', { index: 0 }))).toBeInstanceOf(Uint8Array);
  for (const [port, name] of [
    [window, 'import.files'],
    [frame, 'sessions.list'],
    [shell, 'sessions.list'],
  ] as const) {
    expect(await port.call(name, {})).toMatchObject({ ok: false, error: { code: 'bad-request' } });
  }
  const feed = await startFeedServer();
  onTestFinished(feed.close);
  await window.call('servers.add', { url: feed.url, token: feed.token });
  expect([...secrets.values()]).toEqual([feed.token]);
  send({ kind: 'stop' });
  expect(await exited).toBe(0);
});

it('answers the list while the store is still starting', async () => {
  const profileDir = temporaryFolder();
  openStore({ profileDir, now: 1 }).close();
  const workersDir = temporaryFolder();
  writeFileSync(
    join(workersDir, 'store.js'),
    `require('node:worker_threads').parentPort.on('message', () => undefined)`,
  );
  const { channel } = startProcess({ profileDir, workersDir });
  const window = connect(channel({ role: 'window' }));
  expect(unwrap(await window.call('sessions.list', {}))).toEqual({ rows: [], total: 0 });
  expect(await window.call('sessions.list', { limit: -1 })).toMatchObject({
    ok: false,
    error: { code: 'bad-request' },
  });
});

it('says why it cannot start, and ends', async () => {
  const profileDir = temporaryFolder();
  mkdirSync(join(profileDir, 'library.db')); // a folder where the database should be
  const { heard, exited } = startProcess({ profileDir });
  expect(await heard()).toMatchObject({
    kind: 'failed',
    message: expect.stringMatching(/library\.db cannot be opened/),
  });
  expect(await exited).toBe(ENGINE_REFUSED);
});

it('says that it was started wrongly', async () => {
  const { heard, exited } = startProcess({ workersDir: 7 as never });
  expect(await heard()).toMatchObject({ kind: 'failed', message: expect.stringContaining('workersDir') });
  expect(await exited).toBe(ENGINE_REFUSED);
});
