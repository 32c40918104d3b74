import { BACKEND, BACKEND_SCHEMAS, type BackendPayloads } from '../../model/captured-backend.ts';
import { EventType, type PlacedEvent } from '../../model/recorded-event.ts';
import type { Timed } from '../captured-records.ts';
import { refOf } from '../recording.ts';

type Kind = keyof typeof BACKEND;

/** What one process recorded of a session, by kind, in time order. Times are of its own clock. */
export interface BackendRecord extends Readonly<{ [K in Kind]: readonly Timed<BackendPayloads[K]>[] }> {
  readonly generation: string;
  readonly window: string;
}

const KIND_OF: ReadonlyMap<unknown, Kind> = new Map(
  Object.entries(BACKEND).map(([kind, plugin]) => [plugin, kind as Kind]),
);

/** Sorts the events of backends by process and kind. `misfits` are ours without the promised form; what is not ours is left out. */
export function readBackends(events: readonly PlacedEvent[]): { backends: BackendRecord[]; misfits: number } {
  const backends = new Map<string, BackendRecord>();
  let misfits = 0;
  for (const placed of events) {
    const { type, data, timestamp } = placed.event;
    if (type !== EventType.Plugin || typeof data !== 'object' || data === null) continue;
    const { plugin, payload } = data as { readonly plugin?: unknown; readonly payload?: unknown };
    const kind = KIND_OF.get(plugin);
    if (kind === undefined) continue;
    const parsed = BACKEND_SCHEMAS[kind].safeParse(payload);
    if (!parsed.success) {
      misfits += 1;
      continue;
    }
    const record = backends.get(placed.generation) ?? emptyRecord(placed);
    backends.set(placed.generation, record);
    // The schema that read the payload is the one of this list; the compiler cannot follow the shared index.
    (record[kind] as Timed<unknown>[]).push({ at: timestamp, ref: refOf(placed), value: parsed.data });
  }
  return { backends: [...backends.values()], misfits };
}

const emptyRecord = ({ generation, window }: PlacedEvent): BackendRecord => ({
  ...{ generation, window },
  ...{ service: [], request: [], log: [], error: [], span: [] },
});
