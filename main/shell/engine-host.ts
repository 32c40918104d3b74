import {
  MessageChannelMain,
  type MessagePortMain,
  type UtilityProcess,
  utilityProcess,
  type WebContents,
} from 'electron';
import { createDispatcher } from '../../shared/ipc/dispatch.ts';
import {
  ENGINE_REFUSED,
  type EngineConfig,
  FromEngineProcess,
  secretCalls,
  type ToEngineProcess,
} from '../../shared/ipc/engine-host.ts';
import { unwrap } from '../../shared/lib/result.ts';
import { connect, type RpcClient, serve } from '../../shared/rpc/rpc.ts';
import type { createCrashBudget } from './crash-budget.ts';
import { portOf } from './message-port.ts';
import type { Secrets } from './secrets.ts';

/** Runs the engine in a process of its own, starts it again when it dies (not when it says why it cannot), and hands out ports to it. */
export interface EngineHost {
  /** Gives a window a port to the engine now and after each restart. */
  connectWindow(contents: WebContents): void;
  /** Gives a window the data port for one session's replay frame. */
  openFrame(contents: WebContents, key: string): void;
  /** Makes a privileged call. @throws AppError as the engine answered. */
  call(name: string, input: unknown): Promise<unknown>;
  /** The engine's last words once it has given up; null while it works. */
  failure(): string | null;
  /** Lets the engine finish what must not be lost; kills it after 15 s. */
  stop(): Promise<void>;
}

/** Longer than the engine itself waits for its threads, so that a slow disk still ends with a clean library. */
const STOP_PATIENCE_MS = 15_000;

/** @param entry path of the built engine process. */
export function startEngineHost(deps: {
  readonly entry: string;
  readonly config: EngineConfig;
  readonly secrets: Secrets;
  readonly crashes: ReturnType<typeof createCrashBudget>;
  readonly log: (text: string) => void;
}): EngineHost {
  const windows = new Set<WebContents>();
  let child: UtilityProcess;
  let privileged: RpcClient;
  let lastWords = '';
  let refusal: string | null = null;
  let failure: string | null = null;
  let stopping = false;

  const send = (message: ToEngineProcess, port?: MessagePortMain): void =>
    child.postMessage(message, port ? [port] : []);

  const start = (): void => {
    child = utilityProcess.fork(deps.entry, [], { serviceName: 'TRACEFLOW engine', stdio: 'pipe' });
    child.stderr?.on('data', (bytes: Buffer) => {
      lastWords = (lastWords + bytes.toString()).slice(-2000);
      deps.log(bytes.toString().trimEnd());
    });
    child.on('message', (raw: unknown) => {
      const message = FromEngineProcess.safeParse(raw);
      if (message.success && message.data.kind === 'failed') refusal = message.data.message;
    });
    child.once('exit', (code) => onExit(code));
    send({ kind: 'start', config: deps.config });
    privileged = connect(portOf(channel({ role: 'shell' })));
    serve(portOf(channel({ role: 'secrets' })), (name, input, signal) => answerSecrets(name, input, signal));
    for (const contents of windows) sendWindowPort(contents);
  };

  /** Makes a channel, gives one end to the engine with its role, returns the other. */
  const channel = (port: Extract<ToEngineProcess, { kind: 'port' }>['port']): MessagePortMain => {
    const { port1, port2 } = new MessageChannelMain();
    send({ kind: 'port', port }, port1);
    return port2;
  };

  const onExit = (code: number): void => {
    if (stopping) return;
    deps.log(`engine exited with ${code}`);
    if (code !== ENGINE_REFUSED && deps.crashes.spend()) {
      start();
      return;
    }
    failure =
      code === ENGINE_REFUSED
        ? (refusal ?? lastWords.trim())
        : `The engine stopped three times within a minute and was not started again. ${lastWords.trim()}`.trim();
    for (const contents of windows) if (!contents.isDestroyed()) contents.send('traceflow:engine-failed', failure);
  };

  const answerSecrets = createDispatcher(secretCalls, {
    'secrets.get': ({ name }) => deps.secrets.get(name),
    'secrets.set': ({ name, value }) => deps.secrets.set(name, value),
    'secrets.delete': ({ name }) => deps.secrets.delete(name),
  });

  const sendWindowPort = (contents: WebContents): void => {
    if (!contents.isDestroyed()) contents.postMessage('traceflow:engine-port', null, [channel({ role: 'window' })]);
  };

  start();
  return {
    connectWindow: (contents) => {
      if (!windows.has(contents)) contents.once('destroyed', () => windows.delete(contents));
      windows.add(contents);
      if (failure === null) sendWindowPort(contents);
    },
    openFrame: (contents, key) => {
      const message = { kind: 'port', port: { role: 'frame', key } } as ToEngineProcess & { kind: 'port' };
      contents.postMessage('traceflow:frame-port', key, [channel(message.port)]);
    },
    call: async (name, input) => unwrap(await privileged.call(name, input)),
    failure: () => failure,
    stop: () =>
      new Promise((done) => {
        if (failure !== null) return done();
        stopping = true;
        const timer = setTimeout(() => child.kill(), STOP_PATIENCE_MS);
        child.once('exit', () => {
          clearTimeout(timer);
          done();
        });
        send({ kind: 'stop' });
      }),
  };
}
