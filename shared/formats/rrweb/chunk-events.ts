import { AppError } from '../../lib/app-error.ts';
import type { PlacedEvent, RecordedEvent } from '../../model/recorded-event.ts';
import { nestingOf } from '../json/nesting.ts';

/** Where the events of a chunk belong. */
export interface ChunkPlace {
  readonly window: string;
  readonly generation: string;
  readonly firstSeq: number;
  readonly count: number;
}

/** Nesting we read: twice the depth of any document a browser parses (512), two JSON levels a node, with room. */
export const MAX_EVENT_DEPTH = 4000;

/**
 * The events of one stored chunk. Entries that are no events are left out; their seq stays unused.
 * @throws AppError `damaged` when the text is no JSON array of the promised length, or nests too deeply.
 */
export function readChunkEvents(json: string, place: ChunkPlace): PlacedEvent[] {
  const values = parseArray(json);
  if (values.length !== place.count) {
    throw new AppError('damaged', `a chunk should hold ${place.count} events and holds ${values.length}`);
  }
  return values.flatMap((value, index) =>
    isRecordedEvent(value)
      ? [{ window: place.window, generation: place.generation, seq: place.firstSeq + index, event: value }]
      : [],
  );
}

function parseArray(json: string): unknown[] {
  // Depth is looked at first: a parsed value of unlimited depth overflows whoever walks it.
  if (nestingOf(json) > MAX_EVENT_DEPTH + 1) throw new AppError('damaged', 'a chunk nests too deeply');
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new AppError('damaged', 'a chunk holds no valid JSON', { cause: error });
  }
  if (!Array.isArray(value)) throw new AppError('damaged', 'a chunk holds no array of events');
  return value;
}

function isRecordedEvent(value: unknown): value is RecordedEvent {
  if (typeof value !== 'object' || value === null) return false;
  const event = value as Partial<Record<'type' | 'timestamp', unknown>>;
  return Number.isInteger(event.type) && Number.isFinite(event.timestamp);
}

/**
 * One list out of the events of all chunks: repeats of a (generation, seq) dropped, the first one wins; sorted by
 * (timestamp, generation, seq).
 */
export function mergeEvents(chunks: readonly (readonly PlacedEvent[])[]): PlacedEvent[] {
  const seen = new Set<string>();
  const events: PlacedEvent[] = [];
  for (const event of chunks.flat()) {
    const identity = `${event.generation} ${event.seq}`;
    if (seen.has(identity)) continue;
    seen.add(identity);
    events.push(event);
  }
  return events.sort(
    (a, b) => a.event.timestamp - b.event.timestamp || compareText(a.generation, b.generation) || a.seq - b.seq,
  );
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
