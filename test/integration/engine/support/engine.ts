import { onTestFinished } from 'vitest';
import { createEngine, type Engine, type EngineDeps } from '../../../../main/engine/engine.ts';
import type { InputOf, OutputOf } from '../../../../shared/ipc/call.ts';
import type { EngineCalls } from '../../../../shared/ipc/engine-calls.ts';
import type { Job } from '../../../../shared/ipc/job.ts';
import type { PrivilegedCalls } from '../../../../shared/ipc/privileged-calls.ts';
import { unwrap } from '../../../../shared/lib/result.ts';
import type { SessionRow } from '../../../../shared/model/session.ts';
import { temporaryFolder } from './profile.ts';

/** A real engine on a profile of its own, as a test talks to it. */
export interface TestEngine {
  readonly engine: Engine;
  readonly profileDir: string;
  call<K extends keyof EngineCalls & string>(
    name: K,
    input?: InputOf<EngineCalls, K>,
  ): Promise<OutputOf<EngineCalls, K>>;
  privileged<K extends keyof PrivilegedCalls & string>(
    name: K,
    input: InputOf<PrivilegedCalls, K>,
  ): Promise<OutputOf<PrivilegedCalls, K>>;
  /** Imports files and waits. */
  importFiles(...paths: string[]): Promise<Job>;
  exportTo(path: string, ...keys: string[]): Promise<Job>;
  wait(started: { jobId: string }): Promise<Job>;
  rows(): Promise<SessionRow[]>;
  close(): Promise<void>;
}

/** Tokens in memory: the one port of the engine that is not real here. */
export function memorySecrets(): EngineDeps['secrets'] {
  const kept = new Map<string, string>();
  return {
    get: async (name) => kept.get(name) ?? null,
    set: async (name, value) => void kept.set(name, value),
    delete: async (name) => void kept.delete(name),
  };
}

/** Starts an engine; it is closed at the end of the test at the latest. */
export async function startEngine(options: Partial<EngineDeps> = {}): Promise<TestEngine> {
  const test = await openEngine({ profileDir: temporaryFolder(), ...options });
  onTestFinished(test.close);
  return test;
}

/** Starts an engine that the caller closes. */
export async function openEngine(options: Partial<EngineDeps> & Pick<EngineDeps, 'profileDir'>): Promise<TestEngine> {
  const { profileDir } = options;
  const engine = await createEngine({
    fetch,
    clock: Date.now,
    log: () => undefined,
    secrets: memorySecrets(),
    demoDir: null,
    sdkFile: null,
    ...options,
  });
  const never = new AbortController().signal;
  let closed: Promise<void> | null = null;
  const close = (): Promise<void> => {
    closed ??= engine.close();
    return closed;
  };
  const call: TestEngine['call'] = async (name, input) => unwrap(await engine.call(name, input, never)) as never;
  const privileged: TestEngine['privileged'] = async (name, input) =>
    unwrap(await engine.privileged(name, input, never)) as never;
  const wait = ({ jobId }: { jobId: string }): Promise<Job> => privileged('jobs.wait', { jobId });
  return {
    engine,
    profileDir,
    call,
    privileged,
    wait,
    importFiles: async (...paths) => wait(await privileged('import.files', { paths })),
    exportTo: async (path, ...keys) => wait(await privileged('export.session', { keys: keys as never, path })),
    rows: async () => (await call('sessions.list', {})).rows,
    close,
  };
}
