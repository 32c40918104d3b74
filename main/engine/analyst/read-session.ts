import { closeSync, openSync, readSync } from 'node:fs';
import { mergeEvents, readChunkEvents } from '../../../shared/formats/rrweb/chunk-events.ts';
import { AppError, messageOf } from '../../../shared/lib/app-error.ts';
import type { PlacedEvent } from '../../../shared/model/recorded-event.ts';
import { chunkText } from '../../../shared/node/gunzip.ts';
import { sha256 } from '../../../shared/node/hashing.ts';
import type { RecordingLayout } from '../store/store-api.ts';

/** All events of a stored recording, and what could not be read, in words. */
export function readSession(layout: RecordingLayout): { events: PlacedEvent[]; notice: string | null } {
  const lost: string[] = [];
  const chunks = withFile(layout.file, (read) =>
    layout.chunks.map((chunk) => {
      try {
        return eventsOf(read, chunk);
      } catch (error) {
        lost.push(`${chunk.count} events (${messageOf(error)})`);
        return [];
      }
    }),
  );
  return {
    events: mergeEvents(chunks),
    notice: lost.length > 0 ? `Could not be read: ${lost.slice(0, 5).join(', ')}.` : null,
  };
}

type Read = (offset: number, length: number) => Uint8Array;
type StoredChunk = RecordingLayout['chunks'][number];

/** The events of one stored chunk. @throws AppError `damaged` when it is not what was stored. */
export const readStoredChunk = (file: string, chunk: StoredChunk): PlacedEvent[] =>
  withFile(file, (read) => eventsOf(read, chunk));

function eventsOf(read: Read, chunk: StoredChunk): PlacedEvent[] {
  const bytes = read(chunk.offset, chunk.bytes);
  if (sha256(bytes) !== chunk.sha256) throw new AppError('damaged', 'a chunk was changed on disk');
  return readChunkEvents(chunkText(bytes), chunk);
}

function withFile<T>(file: string, use: (read: Read) => T): T {
  const descriptor = openSync(file, 'r');
  try {
    return use((offset, length) => {
      const bytes = Buffer.alloc(length);
      if (readSync(descriptor, bytes, 0, length, offset) !== length)
        throw new AppError('damaged', 'a chunk is cut off');
      return bytes;
    });
  } finally {
    closeSync(descriptor);
  }
}
