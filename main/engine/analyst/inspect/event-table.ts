import { AppError } from '../../../../shared/lib/app-error.ts';
import type { EventRow } from '../../../../shared/model/inspection.ts';
import type { PlacedEvent } from '../../../../shared/model/recorded-event.ts';
import { spanOf } from '../../../../shared/replay/timeline.ts';
import type { RecordingLayout } from '../../store/store-api.ts';
import { readStoredChunk } from '../read-session.ts';
import { kindOf } from './event-kind.ts';

/** Which of the events are meant. Times are ms from the start of the session. */
export interface EventFilter {
  /** Null for all. */
  readonly kinds: readonly string[] | null;
  readonly range: { readonly fromMs: number; readonly toMs: number } | null;
}

/** All events of a recording without their content, in the order of time. */
export interface EventTable {
  readonly kinds: readonly { readonly kind: string; readonly count: number }[];
  page(
    filter: EventFilter,
    offset: number,
    limit: number,
  ): { readonly rows: readonly EventRow[]; readonly total: number };
  /** Index among the filtered of the last one at or before `atMs`; -1 when all come later. */
  indexAt(filter: EventFilter, atMs: number): number;
}

/** Makes the table chunk by chunk; a chunk that cannot be read is left out, as it is everywhere. */
export function* readEventTable(layout: RecordingLayout): Generator<void, EventTable> {
  const { startAt } = spanOf(layout.chunks);
  const seen = new Set<string>();
  const rows: EventRow[] = [];
  for (const chunk of layout.chunks) {
    for (const placed of readable(layout.file, chunk)) {
      const identity = `${placed.generation} ${placed.seq}`;
      if (seen.has(identity)) continue;
      seen.add(identity);
      rows.push(rowOf(placed, startAt));
    }
    yield;
  }
  rows.sort((a, b) => a.atMs - b.atMs || compareText(a.generation, b.generation) || a.seq - b.seq);
  return createTable(rows);
}

function readable(file: string, chunk: RecordingLayout['chunks'][number]): readonly PlacedEvent[] {
  try {
    return readStoredChunk(file, chunk);
  } catch (error) {
    if (error instanceof AppError && error.code === 'damaged') return [];
    throw error;
  }
}

const rowOf = ({ generation, seq, window, event }: PlacedEvent, startAt: number): EventRow => ({
  generation: generation as EventRow['generation'],
  seq,
  window,
  atMs: event.timestamp - startAt,
  kind: kindOf(event),
  size: JSON.stringify(event).length,
});

function createTable(all: readonly EventRow[]): EventTable {
  const counts = new Map<string, number>();
  for (const { kind } of all) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  let last: { readonly key: string; readonly rows: readonly EventRow[] } | null = null;

  /** The list somebody scrolls through is asked for page by page, so the newest is kept. */
  function filtered(filter: EventFilter): readonly EventRow[] {
    const { kinds, range } = filter;
    if (kinds === null && range === null) return all;
    const key = JSON.stringify(filter);
    if (last?.key === key) return last.rows;
    const wanted = kinds && new Set(kinds);
    const rows = all.filter(
      ({ kind, atMs }) =>
        (wanted === null || wanted.has(kind)) && (range === null || (atMs >= range.fromMs && atMs <= range.toMs)),
    );
    last = { key, rows };
    return rows;
  }
  return {
    kinds: [...counts].map(([kind, count]) => ({ kind, count })).sort((a, b) => b.count - a.count),
    page: (filter, offset, limit) => {
      const rows = filtered(filter);
      return { rows: rows.slice(offset, offset + limit), total: rows.length };
    },
    indexAt: (filter, atMs) => {
      const rows = filtered(filter);
      let low = 0;
      let high = rows.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((rows[middle]?.atMs ?? Number.POSITIVE_INFINITY) <= atMs) low = middle + 1;
        else high = middle;
      }
      return low - 1;
    },
  };
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
