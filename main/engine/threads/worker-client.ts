import { Worker } from 'node:worker_threads';
import { AppError, messageOf } from '../../../shared/lib/app-error.ts';
import { unwrap } from '../../../shared/lib/result.ts';
import { workerPort } from '../../../shared/node/worker-port.ts';
import { connect, type RpcClient } from '../../../shared/rpc/rpc.ts';

/** An object of another thread: each method is asynchronous here and throws `AppError`. */
export type Remote<T> = {
  readonly [K in keyof T]: T[K] extends (...input: infer I) => infer O ? (...input: I) => Promise<Awaited<O>> : never;
};

/** A long-lived worker thread and the object it serves. */
export interface WorkerClient<T> {
  readonly api: Remote<T>;
  /** Asks the worker to end and waits until it did; ends it by force after five seconds. */
  stop(): Promise<void>;
}

const STOP_PATIENCE_MS = 5000;

/** What a worker thread is made of. */
export interface WorkerSpec<T> {
  readonly url: URL;
  /** For error messages: `The <name> stopped`. */
  readonly name: string;
  readonly data: unknown;
  /** Heap cap; a worker that needs more dies alone. */
  readonly maxHeapMb?: number;
  /** Starts with the first call instead of now. */
  readonly lazy?: boolean;
  readonly methods: readonly (keyof T & string)[];
}

/**
 * Starts the worker now (or at the first call), and again at the next call after it died. Calls that were running when it died fail with its
 * reason.
 */
export function startWorker<T>(spec: WorkerSpec<T>): WorkerClient<T> {
  let current: {
    readonly client: RpcClient;
    readonly ended: Promise<Error | null>;
    readonly hasEnded: () => boolean;
    readonly worker: Worker;
  } | null = null;
  let stopping = false;

  function start() {
    const worker = new Worker(spec.url, {
      workerData: spec.data,
      ...(spec.maxHeapMb ? { resourceLimits: { maxOldGenerationSizeMb: spec.maxHeapMb } } : {}),
    });
    let failure: Error | null = null;
    let over = false;
    worker.on('error', (error: Error) => {
      failure = error;
    });
    const ended = new Promise<Error | null>((done) => {
      worker.once('exit', () => {
        over = true;
        if (current?.worker === worker) current = null;
        done(failure);
      });
    });
    const started = { client: connect(workerPort(worker)), ended, hasEnded: () => over, worker };
    current = started;
    return started;
  }

  async function call(name: string, input: unknown): Promise<unknown> {
    if (stopping && name !== 'close') throw new AppError('cancelled', 'TRACEFLOW is closing.');
    const { client, ended, hasEnded } = current ?? start();
    // A worker that dies closes its port, which settles the call. (A race with `ended` would keep every answer alive.)
    const answer = await client.call(name, input);
    if (!answer.ok && hasEnded()) throw deathOf(spec.name, await ended);
    return unwrap(answer);
  }

  async function stop(): Promise<void> {
    stopping = true;
    if (!current) return;
    const { ended, worker } = current;
    await call('close', undefined).catch(() => undefined); // it is going away either way
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise((done) => {
      timer = setTimeout(done, STOP_PATIENCE_MS, 'late');
    });
    if ((await Promise.race([ended, patience])) === 'late') await worker.terminate();
    clearTimeout(timer);
  }

  const methods = spec.methods.map((name) => [name, (input?: unknown) => call(name, input)] as const);
  if (!spec.lazy) start();
  return { api: Object.fromEntries(methods) as Remote<T>, stop };
}

function deathOf(name: string, failure: (Error & { code?: string }) | null): AppError {
  if (failure?.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new AppError('too-large', `The ${name} needed more memory than it is allowed`, { cause: failure });
  }
  return new AppError('internal', `The ${name} stopped${failure ? `: ${messageOf(failure)}` : ''}`, { cause: failure });
}
