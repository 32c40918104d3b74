import type { SessionKey } from '../../../shared/model/identity.ts';
import type { ChunkHead, FoundRecord } from '../../../shared/node/session-file.ts';
import type { WriteDb } from '../../../shared/node/sqlite.ts';
import { committedEnd, type PlacedChunk } from './library-rows.ts';
import type { SessionFiles } from './session-files.ts';

/** Chunks whose bytes lie in a file although no row names them yet, by session and identity. */
export type Tails = Map<SessionKey, Map<string, PlacedChunk>>;

/** What two offers of the same bytes agree in. */
export const chunkIdentity = (chunk: Pick<ChunkHead, 'generation' | 'firstSeq' | 'count' | 'sha256'>): string =>
  `${chunk.generation} ${chunk.firstSeq} ${chunk.count} ${chunk.sha256}`;

/**
 * Looks after what a program that was killed left behind: whole records behind the last row of a session being written
 * are kept for the next sync, torn ones cut off; files that no row and no such session names are removed.
 * @returns `cutOff`: the sources of imports that had not come to their end.
 */
export function recover(db: WriteDb, files: SessionFiles): { tails: Tails; cutOff: string[] } {
  const tails: Tails = new Map();
  for (const { key } of db.all<{ key: SessionKey }>('SELECT key FROM writing')) {
    const { records, end, size } = files.scan(key, committedEnd(db, key));
    if (records.length > 0) tails.set(key, byIdentity(records));
    else db.run('DELETE FROM writing WHERE key = ?', key);
    if (end < size) files.truncate(key, end);
  }
  files.release();
  return { tails, cutOff: removeOrphans(db, files, tails) };
}

const byIdentity = (records: readonly FoundRecord[]): Map<string, PlacedChunk> =>
  new Map(
    records.flatMap(({ head, offset, length }) =>
      head.kind === 'chunk' ? [[chunkIdentity(head), { ...head, offset, length }] as const] : [],
    ),
  );

function removeOrphans(db: WriteDb, files: SessionFiles, tails: Tails): string[] {
  const known = new Set(db.all<{ key: SessionKey }>('SELECT key FROM session').map((row) => row.key));
  const orphans = files.keys().filter((key) => !known.has(key) && !tails.has(key));
  return orphans.flatMap((key) => {
    const source = files.sourceOf(key);
    files.remove(key);
    return source?.startsWith('file:') ? [source.slice('file:'.length)] : [];
  });
}
