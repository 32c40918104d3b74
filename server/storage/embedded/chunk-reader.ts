import { closeSync, openSync, readSync } from 'node:fs';
import { openReader } from '../../../shared/node/sqlite.ts';
import type { AnnotationChange } from '../../../shared/wire/annotation.ts';
import { annotationsOf } from './annotations.ts';
import { type AssetPlace, assetsOf } from './assets.ts';
import { INDEX_FILE } from './index-file.ts';
import { readMeta } from './meta-table.ts';
import { JOURNAL_DIRS } from './open-journals.ts';
import { segmentName } from './segment-file.ts';

/** A kept chunk with its place. */
export interface ChunkPlace {
  readonly seq: number;
  readonly window: string;
  readonly generation: string;
  readonly first: number;
  readonly count: number;
  /** Received minus sent, ms. */
  readonly skewMs: number;
  readonly bytes: number;
  readonly sha256: Buffer;
  readonly segment: number;
  readonly bodyAt: number;
  readonly country: string | null;
  readonly region: string | null;
}

/** Reads what a server keeps, from another thread or process than the one that writes it. */
export interface ChunkReader {
  /** See `Storage.history`. */
  history(): string;
  /** Which sessions got chunks behind a sequence number, over all projects, in rising order. */
  arrivals(
    after: number,
    limit: number,
  ): readonly { readonly seq: number; readonly project: string; readonly session: string }[];
  /** Highest sequence number of any chunk. */
  head(): number;
  /** The chunks of one session in the order they were accepted. */
  chunksOf(project: string, session: string): readonly ChunkPlace[];
  /** What analysts put on one session. */
  annotationsOf(project: string, session: string): readonly AnnotationChange[];
  /** The assets one session names. */
  assetsOf(project: string, session: string): readonly AssetPlace[];
  /** The stored bytes of some chunks, one after the other. @throws when the journal cannot be read there. */
  read(places: readonly ChunkPlace[], take: (place: ChunkPlace, bytes: Buffer) => void): void;
  /** The file a chunk or asset lies in. */
  fileOf(place: Pick<ChunkPlace, 'segment'>): string;
  close(): void;
}

/** Which sessions got chunks; its plan is part of the tests. */
export const ARRIVALS_SQL = `
  SELECT chunk.seq AS seq, chunk.project AS project, session FROM chunk JOIN stream ON stream.id = chunk.stream
  WHERE chunk.seq > ? ORDER BY chunk.seq LIMIT ?`;

/** The chunks of a session; its plan is part of the tests, too. */
export const SESSION_CHUNKS_SQL = `
  SELECT seq, "window", generation, first, count, skew_ms AS skewMs, bytes, sha256, segment, body_at AS bodyAt,
    country, region
  FROM stream JOIN chunk ON chunk.stream = stream.id WHERE stream.project = ? AND session = ?`;

/** A reader over a server's folder, whose index must be there. */
export function openChunkReader(dir: string, nativeBinding?: string): ChunkReader {
  const fileOf = ({ segment }: Pick<ChunkPlace, 'segment'>): string =>
    `${dir}/${JOURNAL_DIRS.chunks}/${segmentName(segment)}`;
  const db = openReader({ file: `${dir}/${INDEX_FILE}`, nativeBinding });
  return {
    history: () => readMeta(db, 'history') ?? '',
    arrivals: (after, limit) => db.all(ARRIVALS_SQL, after, limit),
    head: () => db.get<{ head: number | null }>('SELECT max(seq) AS head FROM chunk')?.head ?? 0,
    chunksOf: (project, session) =>
      db.all<ChunkPlace>(SESSION_CHUNKS_SQL, project, session).sort((a, b) => a.seq - b.seq),
    annotationsOf: (project, session) => annotationsOf(db, { project, session }),
    assetsOf: (project, session) => assetsOf(db, { project, session }),
    read(places, take) {
      // Opened anew each time: a segment may be replaced by one without what was erased.
      const open = new Map<number, number>();
      try {
        for (const place of places) {
          const fd = open.get(place.segment) ?? openSync(fileOf(place), 'r');
          open.set(place.segment, fd);
          const bytes = Buffer.allocUnsafe(place.bytes);
          const got = readSync(fd, bytes, 0, place.bytes, place.bodyAt);
          if (got < place.bytes) throw new Error(`Segment ${place.segment} ends within chunk ${place.seq}.`);
          take(place, bytes);
        }
      } finally {
        for (const fd of open.values()) closeSync(fd);
      }
    },
    fileOf,
    close: () => db.close(),
  };
}
