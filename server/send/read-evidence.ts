import {
  checkChain,
  MANIFEST_ENTRY,
  MANIFEST_HASH_ENTRY,
  readManifest,
} from '../../shared/formats/traceflow/manifest.ts';
import { AppError } from '../../shared/lib/app-error.ts';
import { sha256 } from '../../shared/node/hashing.ts';
import type { ZipReader } from '../../shared/node/zip-reader.ts';
import type { OutBatch } from './out-batch.ts';

/**
 * The chunks of a `.traceflow` file under the identities they were recorded with, so that what the server has already is recognised.
 * @throws AppError `damaged` at the first part that is not as the manifest says.
 */
export async function* readEvidenceBatches(zip: ZipReader): AsyncGenerator<OutBatch> {
  const json = await zip.read(MANIFEST_ENTRY);
  const manifest = readManifest(json.toString('utf8'));
  if ((await zip.read(MANIFEST_HASH_ENTRY)).toString('utf8').trim() !== sha256(json))
    throw new AppError('damaged', `${MANIFEST_ENTRY} was changed: its hash does not fit`);
  // Nothing of a file that does not check out is sent.
  for (const { name, sha256: hash } of checkChain(manifest, sha256).values())
    if (sha256(await zip.read(name)) !== hash)
      throw new AppError('damaged', `${name} was changed: its hash does not fit`);
  for (const { session, chunks } of manifest.sessions) {
    for (const { entry, window, generation, firstSeq, count, fromAt, toAt } of chunks) {
      const body = await zip.read(entry);
      const place = { session: session.sessionId, window, generation, first: firstSeq, count, fromAt, toAt };
      yield { ...place, body: new Uint8Array(body) };
    }
  }
}
