import type { z } from 'zod';
import type { InputOf, OutputOf } from '../../shared/ipc/call.ts';
import { type EngineCalls, type EngineEvents, engineEvents } from '../../shared/ipc/engine-calls.ts';
import { AppError } from '../../shared/lib/app-error.ts';
import { unwrap, type WireResult } from '../../shared/lib/result.ts';
import type { Port } from '../../shared/rpc/port.ts';
import { connect, type RpcClient } from '../../shared/rpc/rpc.ts';

/** Names of the calls the window may make. */
export type EngineCallName = keyof EngineCalls;

/** `starting`: no port yet, or the engine is being started again; `failed`: it was given up. */
export type EngineState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly reason: string };

type EventPayload<K extends keyof EngineEvents> = z.output<EngineEvents[K]>;

/** The engine as the window sees it: one client over however many ports its restarts bring. */
export interface EngineClient {
  /** Waits for a port if there is none yet. @throws AppError as the engine answered. */
  call<K extends EngineCallName>(
    name: K,
    input: InputOf<EngineCalls, K>,
    signal?: AbortSignal,
  ): Promise<OutputOf<EngineCalls, K>>;
  on<K extends keyof EngineEvents>(name: K, listener: (payload: EventPayload<K>) => void): () => void;
  state(): EngineState;
  /** Called after each change of `state()`; each `ready` may be another engine process, so refetch then. */
  onState(listener: (state: EngineState) => void): () => void;
  /** Switches to a new port; what was pending on the old one is rejected by its closing. */
  attach(port: Port): void;
  /** The engine was given up: everything waiting for a port is rejected with `reason`. */
  fail(reason: string): void;
}

/** Makes a client without a port; calls wait until `attach`. */
export function createEngineClient(): EngineClient {
  let state: EngineState = { kind: 'starting' };
  let client: RpcClient | null = null;
  let current: Port | null = null;
  let waiting: { resolve: (client: RpcClient) => void; reject: (error: Error) => void }[] = [];
  const stateListeners = new Set<(state: EngineState) => void>();
  const eventListeners = new Map<string, Set<(payload: never) => void>>();

  const enter = (next: EngineState): void => {
    state = next;
    for (const listener of stateListeners) listener(next);
  };
  const clientNow = (): Promise<RpcClient> => {
    if (state.kind === 'failed') return Promise.reject(new AppError('internal', state.reason));
    if (client) return Promise.resolve(client);
    return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  };
  const deliver = (name: string, raw: unknown): void => {
    if (!Object.hasOwn(engineEvents, name)) return;
    const payload = engineEvents[name as keyof EngineEvents].safeParse(raw);
    if (!payload.success) return; // an engine that is out of step must not break the window
    for (const listener of eventListeners.get(name) ?? []) listener(payload.data as never);
  };

  return {
    call: async (name, input, signal) => {
      const answer = await (await clientNow()).call(name, input, signal);
      return unwrap(answer as WireResult<never>);
    },
    on: (name, listener) => {
      const listeners = eventListeners.get(name) ?? new Set();
      eventListeners.set(name, listeners.add(listener));
      return () => listeners.delete(listener);
    },
    state: () => state,
    onState: (listener) => {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    attach: (port) => {
      const previous = current;
      current = port;
      port.onClose(() => {
        if (current !== port) return;
        current = null;
        client = null;
        if (state.kind !== 'failed') enter({ kind: 'starting' });
      });
      const connected = connect(port);
      connected.onEvent((name, payload) => {
        if (current === port) deliver(name, payload);
      });
      client = connected;
      previous?.close();
      for (const { resolve } of waiting) resolve(connected);
      waiting = [];
      enter({ kind: 'ready' });
    },
    fail: (reason) => {
      client = null;
      for (const { reject } of waiting) reject(new AppError('internal', reason));
      waiting = [];
      enter({ kind: 'failed', reason });
    },
  };
}
