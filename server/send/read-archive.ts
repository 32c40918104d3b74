import { AppError } from '../../shared/lib/app-error.ts';
import type { ZipReader } from '../../shared/node/zip-reader.ts';
import type { OutBatch } from './out-batch.ts';
import { readRecordingBatches } from './read-recording.ts';

/** A recording within an archive, under the name of its entry. */
export interface ArchivedRecording {
  readonly name: string;
  readonly batches: AsyncGenerator<OutBatch>;
}

/**
 * The entries of a zip as recordings, each a session named by its own hash. Folders, and what file managers leave beside files, are
 * passed over; what is no recording says so when its batches are read.
 * @throws AppError `damaged` when it has no entry to read.
 */
export function readArchive(zip: ZipReader, countInflated: (bytes: number) => void): ArchivedRecording[] {
  const names = [...zip.names].filter((name) => !name.endsWith('/') && !LEFTOVER.test(name)).sort();
  if (names.length === 0) throw new AppError('damaged', 'the archive holds no files');
  return names.map((name) => ({
    name,
    batches: readRecordingBatches({ pieces: () => zip.pieces(name), countInflated }),
  }));
}

const LEFTOVER = /(^|\/)(__MACOSX\/|\.)/;
