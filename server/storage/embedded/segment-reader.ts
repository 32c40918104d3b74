import { type FileHandle, open } from 'node:fs/promises';
import { segmentName } from './segment-file.ts';

/** Reads stretches of segments and keeps a few files open, since a sync reads one chunk after the other. */
export interface SegmentReader {
  /** @throws when the file ends before. */
  read(segment: number, at: number, length: number): Promise<Buffer>;
  /** Lets go of a segment that was replaced: the old file's room is freed, and its bytes are out of reach. */
  forget(segment: number): Promise<void>;
  /** To be called when no read is under way. */
  close(): Promise<void>;
}

interface OpenFile {
  readonly handle: Promise<FileHandle>;
  users: number;
  isForgotten: boolean;
}

const OPEN_FILES = 16;

/** A reader of the segments in `dir`; segments are never changed below their end, so it needs no locks. */
export function createSegmentReader(dir: string): SegmentReader {
  const files = new Map<number, OpenFile>(); // in order of last use

  function borrow(segment: number): OpenFile {
    const file = files.get(segment) ?? {
      handle: open(`${dir}/${segmentName(segment)}`, 'r'),
      users: 0,
      isForgotten: false,
    };
    files.delete(segment);
    files.set(segment, file);
    file.users += 1;
    return file;
  }

  async function closeUnused(): Promise<void> {
    for (const [segment, file] of files) {
      if (files.size <= OPEN_FILES) return;
      if (file.users > 0) continue;
      files.delete(segment);
      await (await file.handle).close();
    }
  }

  return {
    async read(segment, at, length) {
      const file = borrow(segment);
      try {
        const buffer = Buffer.allocUnsafe(length);
        const { bytesRead } = await (await file.handle).read(buffer, 0, length, at);
        if (bytesRead < length) throw new Error(`Segment ${segment} ends within the ${length} bytes at ${at}.`);
        return buffer;
      } catch (error) {
        files.delete(segment); // the next read opens it anew
        throw error;
      } finally {
        file.users -= 1;
        if (file.isForgotten && file.users === 0) await (await file.handle).close();
        await closeUnused();
      }
    },
    async forget(segment) {
      const file = files.get(segment);
      if (!file) return;
      files.delete(segment);
      file.isForgotten = true;
      if (file.users === 0) await (await file.handle).close();
    },
    async close() {
      for (const file of files.values()) await (await file.handle).close();
      files.clear();
    },
  };
}
