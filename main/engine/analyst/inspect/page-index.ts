import { AppError } from '../../../../shared/lib/app-error.ts';
import { AS_RECORDED } from '../../../../shared/replay/recorded-policy.ts';
import { createRecordingIndex, type RecordingIndex } from '../../../../shared/replay/recording-index.ts';
import { loadOrder, spanOf } from '../../../../shared/replay/timeline.ts';
import type { RecordingLayout } from '../../store/store-api.ts';
import { readStoredChunk } from '../read-session.ts';

/** Indexes the recorded page chunk by chunk, as it was recorded: it is read as text here, never built. */
export function* readPageIndex(layout: RecordingLayout): Generator<void, RecordingIndex> {
  const index = createRecordingIndex({ policy: AS_RECORDED, complain: () => {} }, spanOf(layout.chunks).startAt);
  const stored = new Map(layout.chunks.map((chunk) => [chunk.index, chunk]));
  for (const { index: at } of loadOrder(layout.chunks)) {
    const chunk = stored.get(at);
    if (chunk) index.add(chunk, eventsInPlace(layout.file, chunk));
    yield;
  }
  return index;
}

/** The events of a chunk each at its place, null where there is none; nothing of a chunk that cannot be read. */
function eventsInPlace(file: string, chunk: RecordingLayout['chunks'][number]): readonly unknown[] {
  try {
    const events = new Array<unknown>(chunk.count).fill(null);
    for (const { seq, event } of readStoredChunk(file, chunk)) events[seq - chunk.firstSeq] = event;
    return events;
  } catch (error) {
    if (error instanceof AppError && error.code === 'damaged') return [];
    throw error;
  }
}
