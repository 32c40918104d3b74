import type { InputOf, OutputOf } from '../../shared/ipc/call.ts';
import type { EngineCalls } from '../../shared/ipc/engine-calls.ts';
import { AppError, messageOf } from '../../shared/lib/app-error.ts';
import type { EngineCallName, EngineClient } from './engine.ts';

/** What is known about the answer to one call. After a failed refresh the older `data` stays beside `error`. */
export interface CallAnswer<T> {
  readonly data: T | undefined;
  /** In words; null while the last attempt worked. */
  readonly error: string | null;
  /** What was asked for is not there (any more): `data`, if any, is history. */
  readonly gone: boolean;
  readonly pending: boolean;
}

type Answer<K extends EngineCallName> = CallAnswer<OutputOf<EngineCalls, K>>;

/** Answers of read calls, by call and input, shared by everything on the screen. */
export interface CallCache {
  read<K extends EngineCallName>(name: K, input: InputOf<EngineCalls, K>): Answer<K>;
  /** Fetches what is missing or stale; the answer is kept fresh while somebody listens. */
  subscribe<K extends EngineCallName>(name: K, input: InputOf<EngineCalls, K>, listener: () => void): () => void;
  /** Asks again, for instance after an error. */
  refetch<K extends EngineCallName>(name: K, input: InputOf<EngineCalls, K>): void;
  /** Puts in an answer that came another way, for instance from the write that changed it. */
  put<K extends EngineCallName>(name: K, input: InputOf<EngineCalls, K>, data: OutputOf<EngineCalls, K>): void;
  /** Marks answers as stale; those that are listened to are fetched at once. */
  invalidate(isStale: (name: EngineCallName) => boolean): void;
}

interface Entry {
  readonly name: EngineCallName;
  readonly input: unknown;
  readonly listeners: Set<() => void>;
  answer: CallAnswer<unknown>;
  stale: boolean;
  /** Counts fetches, so that a late answer of an older one is dropped. */
  turn: number;
}

const NOTHING: CallAnswer<never> = { data: undefined, error: null, gone: false, pending: true };

/** Answers nobody looks at that are kept for coming back to (closed panes, other tabs). */
const KEPT_IDLE = 40;

/** An empty cache over one engine client. */
export function createCallCache(engine: Pick<EngineClient, 'call'>): CallCache {
  const entries = new Map<string, Entry>();
  const keyOf = (name: EngineCallName, input: unknown): string => `${name} ${JSON.stringify(input) ?? ''}`;

  const entryOf = (name: EngineCallName, input: unknown): Entry => {
    const key = keyOf(name, input);
    const entry = entries.get(key) ?? { name, input, listeners: new Set(), answer: NOTHING, stale: true, turn: 0 };
    entries.set(key, entry);
    return entry;
  };
  const change = (entry: Entry, answer: CallAnswer<unknown>): void => {
    entry.answer = answer;
    for (const listener of entry.listeners) listener();
  };
  const fetch = async (entry: Entry): Promise<void> => {
    entry.stale = false;
    const turn = ++entry.turn;
    change(entry, { ...entry.answer, pending: true });
    try {
      const data = await engine.call(entry.name, entry.input as never);
      if (turn === entry.turn) change(entry, { data, error: null, gone: false, pending: false });
    } catch (error) {
      const gone = error instanceof AppError && error.code === 'not-found';
      if (turn === entry.turn) change(entry, { ...entry.answer, error: messageOf(error), gone, pending: false });
    }
  };
  const forgetIdle = (): void => {
    const idle = [...entries].filter(([, entry]) => entry.listeners.size === 0);
    for (const [key] of idle.slice(0, Math.max(0, idle.length - KEPT_IDLE))) entries.delete(key);
  };

  return {
    read: (name, input) => (entries.get(keyOf(name, input))?.answer ?? NOTHING) as never,
    subscribe: (name, input, listener) => {
      const entry = entryOf(name, input);
      entry.listeners.add(listener);
      if (entry.stale || entry.answer.error !== null) void fetch(entry);
      return () => {
        entry.listeners.delete(listener);
        forgetIdle();
      };
    },
    refetch: (name, input) => void fetch(entryOf(name, input)),
    put: (name, input, data) => {
      const entry = entryOf(name, input);
      entry.turn += 1;
      entry.stale = false;
      change(entry, { data, error: null, gone: false, pending: false });
    },
    invalidate: (isStale) => {
      for (const entry of entries.values()) {
        if (!isStale(entry.name)) continue;
        if (entry.listeners.size > 0) void fetch(entry);
        else entry.stale = true;
      }
    },
  };
}
