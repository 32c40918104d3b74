import type { Backend, Options } from '../../../../sdk/node/src/index.ts';
import { init } from '../../../../sdk/node/src/index.ts';
import { BACKEND, BACKEND_SCHEMAS, type BackendPayloads } from '../../../../shared/model/captured-backend.ts';
import type { RecordedEvent } from '../../../../shared/model/recorded-event.ts';
import { type Sink, startSink } from '../sink.ts';

/** A backend's recorder, and the server it sends to. */
export interface Recorded {
  readonly backend: Backend;
  readonly sink: Sink;
  /** Sends all, and returns what was recorded of one kind, each checked against its schema. */
  of<K extends keyof typeof BACKEND>(kind: K): Promise<BackendPayloads[K][]>;
  close(): Promise<void>;
}

/** The payloads of one kind among events, each checked against its schema. */
export const payloadsOf = <K extends keyof typeof BACKEND>(
  events: readonly RecordedEvent[],
  kind: K,
): BackendPayloads[K][] =>
  events
    .filter(({ data }) => (data as { plugin: string }).plugin === BACKEND[kind])
    .map(({ data }) => BACKEND_SCHEMAS[kind].strict().parse((data as { payload: unknown }).payload)) as never;

/** Starts both. */
export async function startRecorded(options: Partial<Options> = {}): Promise<Recorded> {
  const sink = await startSink(() => false);
  const backend = init({ server: sink.url, key: 'tfw_test', service: 'orders', signals: false, ...options });
  return {
    backend,
    sink,
    of: async (kind) => {
      await backend.flush();
      return payloadsOf(sink.events(), kind);
    },
    close: async () => {
      await backend.close();
      await sink.close();
    },
  };
}

/** Headers as a recorded page sends them with its request `id`. */
export const linked = (id: string, session = 'visit'): Record<string, string> => ({
  'traceflow-session': `${session}.load.${id}`,
  traceparent: `00-${id
    .replace(/\W/g, '')
    .padStart(32, 'a')
    .replace(/[^0-9a-f]/g, 'b')}-${'c'.repeat(16)}-01`,
});
