import { createContext, type ReactNode, use, useCallback, useMemo, useSyncExternalStore } from 'react';
import { useStore } from 'zustand/react';
import type { InputOf, OutputOf } from '../../shared/ipc/call.ts';
import type { EngineCalls } from '../../shared/ipc/engine-calls.ts';
import type { Job } from '../../shared/ipc/job.ts';
import type { ShellCalls } from '../../shared/ipc/shell-calls.ts';
import { AppError, messageOf } from '../../shared/lib/app-error.ts';
import type { CommandRegistry } from '../state/command-registry.ts';
import type { WorkbenchActions, WorkbenchState, WorkbenchStore } from '../state/workbench-store.ts';
import type { CallAnswer, CallCache } from './call-cache.ts';
import type { EngineCallName, EngineClient, EngineState } from './engine.ts';
import type { FramePorts } from './frame-ports.ts';
import type { JobFeed } from './job-feed.ts';
import type { ShellClient } from './shell.ts';
import type { StoreChanges } from './store-changes.ts';

/** What every part of the window works with, made once in `main.tsx`. */
export interface Services {
  /** Facts about the app, asked for once. */
  readonly appInfo: Promise<OutputOf<ShellCalls, 'app.info'>>;
  readonly engine: EngineClient;
  readonly shell: ShellClient;
  readonly calls: CallCache;
  readonly jobs: JobFeed;
  readonly framePorts: FramePorts;
  readonly changes: StoreChanges;
  readonly store: WorkbenchStore;
  readonly commands: CommandRegistry;
}

const ServicesContext = createContext<Services | null>(null);

/** Makes the services available below. */
export const ServicesProvider = ({ services, children }: { services: Services; children: ReactNode }) => (
  <ServicesContext value={services}>{children}</ServicesContext>
);

/** The window's services. @throws when used outside `ServicesProvider`, which is a mistake in the code. */
export function useServices(): Services {
  const services = use(ServicesContext);
  if (!services) throw new Error('useServices needs a ServicesProvider above it.');
  return services;
}

/** One part of the window's state; select primitives or stored objects, not new ones. */
export const useWorkbench = <T,>(selector: (state: WorkbenchState & WorkbenchActions) => T): T =>
  useStore(useServices().store, selector);

/** The kept answer to a read call, fetched when it is missing and again whenever it became stale. */
export function useCall<K extends EngineCallName>(
  name: K,
  input: InputOf<EngineCalls, K>,
): CallAnswer<OutputOf<EngineCalls, K>> & { readonly retry: () => void } {
  const { calls } = useServices();
  const text = JSON.stringify(input) ?? '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: `text` stands for `input`, which is a new object each time
  const same = useMemo(() => input, [text]);
  const subscribe = useCallback((listener: () => void) => calls.subscribe(name, same, listener), [calls, name, same]);
  const answer = useSyncExternalStore(subscribe, () => calls.read(name, same));
  const retry = useCallback(() => calls.refetch(name, same), [calls, name, same]);
  return { ...answer, retry };
}

/**
 * For things a person asked for: does `work`, and when it fails shows a notice that says what could not be done and why.
 * A person's own cancelling is no failure.
 */
export function useAttempt(): (whatFailed: string, work: () => Promise<unknown>) => Promise<void> {
  const { store } = useServices();
  return useCallback(
    async (whatFailed, work) => {
      try {
        await work();
      } catch (error) {
        if (error instanceof AppError && error.code === 'cancelled') return;
        store.getState().notify({ tone: 'error', title: whatFailed, text: messageOf(error) });
      }
    },
    [store],
  );
}

/** The engine's jobs, newest first. */
export function useJobs(): readonly Job[] {
  const { jobs } = useServices();
  return useSyncExternalStore(jobs.subscribe, jobs.all);
}

/** Whether the engine is there. */
export function useEngineState(): EngineState {
  const { engine } = useServices();
  return useSyncExternalStore(engine.onState, engine.state);
}
