import { SessionKey } from '../../../shared/model/identity.ts';
import { sha256 } from '../../../shared/node/hashing.ts';
import type { NewChunk } from './store-api.ts';

type Identified = Pick<NewChunk, 'window' | 'generation' | 'firstSeq' | 'count' | 'sha256'>;

/**
 * The key of a session that comes in an evidence file: made from its chunks, never from what the file claims, so that no
 * file can take the place of another session.
 */
export function contentKey(sessionId: string, chunks: readonly Identified[]): SessionKey {
  const lines = chunks.map((chunk) =>
    [chunk.window, chunk.generation, chunk.firstSeq, chunk.count, chunk.sha256].join(' '),
  );
  return SessionKey.parse(sha256([sessionId, ...lines.sort()].join('\n')).slice(0, 32));
}
