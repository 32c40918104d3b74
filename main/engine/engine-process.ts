import { pathToFileURL } from 'node:url';
import { createDispatcher } from '../../shared/ipc/dispatch.ts';
import { engineCalls } from '../../shared/ipc/engine-calls.ts';
import {
  ENGINE_REFUSED,
  type EngineConfig,
  type FromEngineProcess,
  ToEngineProcess,
} from '../../shared/ipc/engine-host.ts';
import { AppError, messageOf } from '../../shared/lib/app-error.ts';
import { unwrap } from '../../shared/lib/result.ts';
import type { Port } from '../../shared/rpc/port.ts';
import { connect, type Dispatch, type RpcClient, serve } from '../../shared/rpc/rpc.ts';
import { createEngine, type Engine } from './engine.ts';
import type { Secrets } from './secrets.ts';
import { openEarlyList } from './store/early-list.ts';

/** Electron's end of a channel, as far as it is used here: this file must not import electron. */
interface ElectronPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
  start(): void;
  close(): void;
}

interface ParentPort {
  postMessage(message: FromEngineProcess): void;
  on(
    event: 'message',
    listener: (event: { readonly data: unknown; readonly ports: readonly ElectronPort[] }) => void,
  ): void;
}

function portOf(port: ElectronPort): Port {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', ({ data }) => listener(data)); // null messages are dropped by the reader of the port
      port.start();
    },
    onClose: (listener) => port.on('close', listener),
    close: () => port.close(),
  };
}

/** Secrets are kept by the shell; its port may come before or after the first question. */
function shellSecrets(client: Promise<RpcClient>): Secrets {
  const call = async (name: string, input: unknown): Promise<unknown> => unwrap(await (await client).call(name, input));
  return {
    get: async (name) => (await call('secrets.get', { name })) as string | null,
    set: async (name, value) => void (await call('secrets.set', { name, value })),
    delete: async (name) => void (await call('secrets.delete', { name })),
  };
}

/** Serves one engine to the ports the shell hands over. */
function run(parent: ParentPort): void {
  let giveSecrets: (client: RpcClient) => void = () => undefined;
  const secrets = shellSecrets(
    new Promise((resolve) => {
      giveSecrets = resolve;
    }),
  );
  let engine: Promise<Engine> | null = null;
  let early: Dispatch | null = null;

  const start = (config: EngineConfig): Promise<Engine> =>
    createEngine({
      profileDir: config.profileDir,
      demoDir: config.demoDir,
      sdkFile: config.sdkFile,
      nativeBinding: config.nativeBinding ?? undefined,
      workerUrl: (name) => pathToFileURL(`${config.workersDir}/${name}.js`),
      fetch,
      clock: Date.now,
      log: (line) => process.stderr.write(`${line}\n`),
      secrets,
    });

  /** The list until the engine is there; null where it cannot be read so. */
  const listEarly = (config: EngineConfig, running: Promise<Engine>): Dispatch | null => {
    const list = openEarlyList({ profileDir: config.profileDir, nativeBinding: config.nativeBinding ?? undefined });
    if (!list) return null;
    const end = (): void => {
      early = null;
      list.close();
    };
    running.then(end, end);
    const { 'sessions.list': spec } = engineCalls;
    return createDispatcher({ 'sessions.list': spec }, { 'sessions.list': (query) => list.list(query) });
  };

  const fail = (error: unknown): never => {
    parent.postMessage({ kind: 'failed', message: messageOf(error) });
    process.stderr.write(
      `${error instanceof Error && !(error instanceof AppError) ? error.stack : messageOf(error)}\n`,
    );
    process.exit(error instanceof AppError ? ENGINE_REFUSED : 1);
  };

  /** Calls that arrive while the engine starts wait for it. */
  const attach = (
    port: Extract<ToEngineProcess, { kind: 'port' }>['port'],
    end: ElectronPort,
    running: Promise<Engine>,
  ): void => {
    if (port.role === 'secrets') {
      giveSecrets(connect(portOf(end)));
      return;
    }
    const server = serve(portOf(end), async (name, input, signal) => {
      if (port.role === 'window' && name === 'sessions.list' && early) return early(name, input, signal);
      const one = await running;
      const dispatch = port.role === 'window' ? one.call : port.role === 'shell' ? one.privileged : one.frame(port.key);
      return dispatch(name, input, signal);
    });
    if (port.role !== 'window') return;
    void running.then((one) => {
      const stopListening = one.onEvent(({ name, payload }) => server.emit(name, payload));
      end.on('close', stopListening);
    });
  };

  parent.on('message', ({ data, ports }) => {
    const parsed = ToEngineProcess.safeParse(data);
    if (!parsed.success) {
      // Without a valid start nothing will ever be served: better the shell hears it than waits.
      if (!engine) fail(new AppError('bad-request', `The engine was started wrongly: ${parsed.error.message}`));
      process.stderr.write('dropped a message of the shell that does not fit\n');
      return;
    }
    const message = parsed.data;
    if (message.kind === 'start') {
      engine ??= start(message.config);
      early ??= listEarly(message.config, engine);
      engine.then(() => parent.postMessage({ kind: 'ready' }), fail);
    } else if (message.kind === 'stop') {
      Promise.resolve(engine)
        .then((one) => one?.close())
        .then(() => process.exit(0), fail);
    } else {
      const [end] = ports;
      if (end && engine) attach(message.port, end, engine);
    }
  });
}

const { parentPort } = process as unknown as { readonly parentPort?: ParentPort };
if (!parentPort) throw new Error('This file runs as a utility process of the app.');
run(parentPort);
