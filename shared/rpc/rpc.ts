import { AppError } from '../lib/app-error.ts';
import { toWireError, type WireResult } from '../lib/result.ts';
import type { Port } from './port.ts';

type ToServer =
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly kind: 'cancel'; readonly id: number };
type ToClient =
  | { readonly kind: 'reply'; readonly id: number; readonly result: WireResult<unknown> }
  | { readonly kind: 'event'; readonly name: string; readonly payload: unknown };

/** Answers one call. Never rejects: failures are values. */
export type Dispatch = (name: string, input: unknown, signal: AbortSignal) => Promise<WireResult<unknown>>;

/** The calling side of a port. */
export interface RpcClient {
  /** Aborting `signal` tells the other side to stop; the call then settles with whatever it answers. */
  call(name: string, input: unknown, signal?: AbortSignal): Promise<WireResult<unknown>>;
  /** @returns a function that stops listening. */
  onEvent(listener: (name: string, payload: unknown) => void): () => void;
}

/** The answering side of a port. */
export interface RpcServer {
  /** Pushes an event to the other side; dropped silently once the port is closed. */
  emit(name: string, payload: unknown): void;
}

/** Ports can deliver anything, null included: only objects that name their kind are looked at. */
const readMessage = <T>(raw: unknown): T | null =>
  typeof raw === 'object' && raw !== null && 'kind' in raw ? (raw as T) : null;

/** Answers calls that arrive on `port` until it closes; a closed port aborts what is still running. Malformed messages are dropped. */
export function serve(port: Port, dispatch: Dispatch): RpcServer {
  const running = new Map<number, AbortController>();
  let open = true;
  const post = (message: ToClient): void => {
    if (open) port.post(message);
  };
  port.onClose(() => {
    open = false;
    for (const controller of running.values()) controller.abort();
  });
  port.onMessage((raw) => {
    const request = readMessage<ToServer>(raw);
    if (request?.kind === 'cancel') running.get(request.id)?.abort();
    if (request?.kind !== 'call') return;
    const controller = new AbortController();
    running.set(request.id, controller);
    dispatch(request.name, request.input, controller.signal)
      .catch((error: unknown): WireResult<unknown> => ({ ok: false, error: toWireError(error) }))
      .then((result) => {
        running.delete(request.id);
        post({ kind: 'reply', id: request.id, result });
      });
  });
  return { emit: (name, payload) => post({ kind: 'event', name, payload }) };
}

/** Calls the other side of `port`. When the port closes, pending and later calls answer with `internal`. */
export function connect(port: Port): RpcClient {
  const waiting = new Map<number, (result: WireResult<unknown>) => void>();
  const listeners = new Set<(name: string, payload: unknown) => void>();
  const gone: WireResult<unknown> = {
    ok: false,
    error: toWireError(new AppError('internal', 'The engine stopped before it answered. Try again.')),
  };
  let lastId = 0;
  let open = true;
  port.onClose(() => {
    open = false;
    for (const settle of waiting.values()) settle(gone);
    waiting.clear();
  });
  port.onMessage((raw) => {
    const message = readMessage<ToClient>(raw);
    if (message?.kind === 'event') for (const listener of listeners) listener(message.name, message.payload);
    if (message?.kind !== 'reply') return;
    waiting.get(message.id)?.(message.result);
    waiting.delete(message.id);
  });
  return {
    call: (name, input, signal) =>
      new Promise((settle) => {
        if (!open) return settle(gone);
        const id = ++lastId;
        waiting.set(id, settle);
        port.post({ kind: 'call', id, name, input } satisfies ToServer);
        const cancel = (): void => port.post({ kind: 'cancel', id } satisfies ToServer);
        if (signal?.aborted) cancel();
        else signal?.addEventListener('abort', cancel, { once: true });
      }),
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
