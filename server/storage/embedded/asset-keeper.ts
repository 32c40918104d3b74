import { setTimeout as wait } from 'node:timers/promises';
import type { WriteDb } from '../../../shared/node/sqlite.ts';
import { MAX_SESSION_ASSETS } from '../../../shared/wire/asset.ts';
import type { AssetOutcome, NewAsset } from '../storage.ts';
import { countAssets, findAsset, usesAsset } from './assets.ts';
import type { ChunkIndex } from './chunk-index.ts';
import { NO_BODY } from './empty-body.ts';
import type { Eraser } from './eraser.ts';
import type { Journals } from './open-journals.ts';

const PAUSE_MS = 10;

/** Takes assets in, one after the other: of two that bring the same bytes the second one finds them. */
export function createAssetKeeper(deps: {
  readonly db: WriteDb;
  readonly index: ChunkIndex;
  readonly eraser: Pick<Eraser, 'isSessionErased' | 'isErasing'>;
  readonly chunks: Journals['chunks'];
}) {
  const { db, index, eraser, chunks } = deps;
  let before: Promise<unknown> = Promise.resolve();

  async function keep({ project, session, type, body }: NewAsset): Promise<AssetOutcome> {
    // Whether somebody else still needs the bytes is known when an erasure under way has been applied.
    while (eraser.isErasing()) await wait(PAUSE_MS);
    const name = { project, session };
    const sha256 = body.sha256.toString('hex');
    index.settle();
    // No await from here to the journal: only so an erasure is behind all that was let through.
    if (eraser.isSessionErased(name)) return 'erased';
    if (!db.get('SELECT 1 FROM stream WHERE project = ? AND session = ? LIMIT 1', project, session)) return 'unknown';
    const isKnown = findAsset(db, project, sha256) !== undefined;
    if (isKnown && usesAsset(db, name, sha256)) return 'duplicate';
    if (countAssets(db, name) >= MAX_SESSION_ASSETS) return 'too-many';
    const bytes = isKnown ? [] : [chunks.append({ kind: 'asset', project, sha256, type }, body)];
    await Promise.all([...bytes, chunks.append({ kind: 'asset-use', project, session, sha256 }, NO_BODY)]);
    return isKnown ? 'duplicate' : 'stored';
  }

  return (asset: NewAsset): Promise<AssetOutcome> => {
    const work = before.then(() => keep(asset));
    before = work.catch(() => undefined); // its own caller hears of it
    return work;
  };
}
