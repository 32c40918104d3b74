import { realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { z } from 'zod';
import type { CallTable, InputOf, OutputOf } from '../../shared/ipc/call.ts';
import type { EngineCalls } from '../../shared/ipc/engine-calls.ts';
import type { Job } from '../../shared/ipc/job.ts';
import type { PrivilegedCalls } from '../../shared/ipc/privileged-calls.ts';
import { AppError } from '../../shared/lib/app-error.ts';
import { unwrap } from '../../shared/lib/result.ts';
import type { Dispatch } from '../../shared/rpc/rpc.ts';
import { createEngine, type Engine } from '../engine/engine.ts';
import type { Secrets } from '../engine/secrets.ts';

/** A table of calls as an async function; failures are thrown as `AppError`. */
type Caller<T extends CallTable> = <K extends keyof T & string>(
  name: K,
  ...input: T[K]['input'] extends z.ZodVoid ? [] : [InputOf<T, K>]
) => Promise<OutputOf<T, K>>;

/** The engine as a command uses it. */
export interface EngineClient {
  readonly call: Caller<EngineCalls>;
  readonly privileged: Caller<PrivilegedCalls>;
  /** Waits for a job and shows its progress. @throws AppError with its message when it did not end well. */
  finish(jobId: string, shown: (job: Job) => void): Promise<Job>;
  close(): Promise<void>;
}

const callerOf = <T extends CallTable>(dispatch: Dispatch, signal: AbortSignal): Caller<T> =>
  (async (name: string, input?: unknown) => unwrap(await dispatch(name, input, signal))) as Caller<T>;

/** Opens a profile for one command. `signal` (Ctrl-C) cancels what runs. @throws AppError. */
export async function openEngine(options: {
  readonly profileDir: string;
  readonly secrets: Secrets;
  readonly nativeBinding: string | undefined;
  readonly signal: AbortSignal;
}): Promise<EngineClient> {
  const { signal } = options;
  const engine: Engine = await createEngine({
    ...options,
    fetch,
    clock: Date.now,
    log: (line) => process.stderr.write(`${line}\n`),
    demoDir: null,
    sdkFile: null,
    workerUrl: builtWorkers(),
  });
  const call = callerOf<EngineCalls>(engine.call, signal);
  const privileged = callerOf<PrivilegedCalls>(engine.privileged, signal);

  async function finish(jobId: string, shown: (job: Job) => void): Promise<Job> {
    const stopListening = engine.onEvent((event) => {
      if (event.name === 'job.changed' && event.payload.id === jobId) shown(event.payload);
    });
    const cancel = (): void => {
      call('jobs.cancel', { jobId }).catch(() => undefined); // it ended by itself
    };
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      const job = await privileged('jobs.wait', { jobId });
      if (job.state === 'done') return job;
      throw new AppError(
        job.state === 'cancelled' ? 'cancelled' : 'internal',
        job.message ?? `The ${job.kind} failed.`,
      );
    } finally {
      stopListening();
      signal.removeEventListener('abort', cancel);
    }
  }

  return { call, privileged, finish, close: () => engine.close() };
}

/** In a build the workers lie with the app's other parts; from source the engine knows its own place. */
const builtWorkers = (): ((name: string) => URL) | undefined =>
  import.meta.url.endsWith('.ts') ? undefined : (name) => new URL(`../main/workers/${name}.js`, cliEntry());

/** Bundling may put this code into a shared chunk, so the place is taken from the file that was started (npm links it). */
const cliEntry = (): URL => pathToFileURL(realpathSync(process.argv[1] ?? ''));
