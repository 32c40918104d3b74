import { join } from 'node:path';
import { type EngineClient, openEngine } from '../../../main/cli/engine-client.ts';
import { createFileSecrets } from '../../../main/cli/file-secrets.ts';
import type { SessionRow } from '../../../shared/model/session.ts';
import { sha256 } from '../../../shared/node/hashing.ts';

/** A stored chunk that was read back. */
export interface StoredChunk {
  readonly identity: string;
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

/** Opens a library, as the next start after a kill does. */
export const openLibrary = (profileDir: string): Promise<EngineClient> =>
  openEngine({
    profileDir,
    secrets: createFileSecrets(join(profileDir, 'secrets.json'), null),
    nativeBinding: undefined,
    signal: new AbortController().signal,
  });

/** Every session of a library with every chunk, read back and hashed. @throws AppError when one is damaged. */
export async function readLibrary(
  engine: EngineClient,
): Promise<{ readonly row: SessionRow; readonly chunks: readonly StoredChunk[] }[]> {
  const { rows } = await engine.call('sessions.list', { limit: 1000 });
  const sessions = [];
  for (const row of rows) {
    const chunks: StoredChunk[] = [];
    for (const chunk of await engine.call('recording.chunks', { key: row.key })) {
      const bytes = await engine.call('recording.chunk', { key: row.key, index: chunk.index });
      chunks.push({ identity: `${chunk.generation}/${chunk.firstSeq}+${chunk.count}`, sha256: sha256(bytes), bytes });
    }
    sessions.push({ row, chunks });
  }
  return sessions;
}
