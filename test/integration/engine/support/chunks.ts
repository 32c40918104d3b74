import { gzipSync } from 'node:zlib';
import type { NewChunk, OfferedChunk } from '../../../../main/engine/store/store-api.ts';
import { SessionKey } from '../../../../shared/model/identity.ts';
import { sha256 } from '../../../../shared/node/hashing.ts';

/** A chunk of one event with its bytes. */
export function chunkOf(generation: string, firstSeq: number, text = 'x'): NewChunk & { body: Uint8Array } {
  const at = 1_700_000_000_000 + firstSeq * 100;
  const body = new Uint8Array(
    gzipSync(JSON.stringify([{ type: 5, timestamp: at, data: { tag: 't', payload: text } }])),
  );
  return { window: 'w', generation, firstSeq, count: 1, fromAt: at, toAt: at, skewMs: 0, sha256: sha256(body), body };
}

/** A key for a readable name. */
export const keyOf = (name: string): SessionKey => SessionKey.parse(sha256(name).slice(0, 32));

/** The offer a server would make for a chunk. */
export const offerOf = (session: string, { body, ...chunk }: ReturnType<typeof chunkOf>): OfferedChunk => ({
  ...chunk,
  key: keyOf(session),
  sessionId: session,
  bytes: body.length,
});
