import type { ReadDb, WriteDb } from '../../../shared/node/sqlite.ts';
import type { AssetType } from '../../../shared/wire/asset.ts';
import type { AssetMeta, AssetUseMeta } from './record-meta.ts';
import type { JournalRecord } from './recover.ts';
import type { SessionName } from './tombstones.ts';

/** Where the bytes of an asset lie. */
export interface AssetPlace {
  readonly sha256: string;
  readonly type: AssetType;
  readonly bytes: number;
  readonly segment: number;
  readonly bodyAt: number;
}

const COLUMNS = 'asset.sha256 AS sha256, type, bytes, asset.segment AS segment, body_at AS bodyAt';

/** An asset of a project by its hash. */
export const findAsset = (db: ReadDb, project: string, sha256: string): AssetPlace | undefined =>
  db.get<AssetPlace>(`SELECT ${COLUMNS} FROM asset WHERE project = ? AND sha256 = ?`, project, sha256);

/** The assets a session names. */
export const assetsOf = (db: ReadDb, { project, session }: SessionName): AssetPlace[] =>
  db.all<AssetPlace>(
    `SELECT ${COLUMNS} FROM asset_use JOIN asset USING (project, sha256)
     WHERE asset_use.project = ? AND asset_use.session = ? ORDER BY asset_use.seq`,
    project,
    session,
  );

/** Whether a session names an asset. */
export const usesAsset = (db: ReadDb, { project, session }: SessionName, sha256: string): boolean =>
  db.get('SELECT 1 FROM asset_use WHERE project = ? AND session = ? AND sha256 = ?', project, session, sha256) !==
  undefined;

/** How many assets a session names. */
export const countAssets = (db: ReadDb, { project, session }: SessionName): number =>
  db.get<{ n: number }>('SELECT count(*) AS n FROM asset_use WHERE project = ? AND session = ?', project, session)?.n ??
  0;

/** Whether the record of an asset, or of its use, is still needed. */
export const isAssetNeeded = (db: ReadDb, seq: number): boolean =>
  db.get('SELECT 1 FROM asset WHERE seq = ? UNION ALL SELECT 1 FROM asset_use WHERE seq = ?', seq, seq) !== undefined;

/** Within a transaction: takes an asset over. */
export function applyAsset(db: WriteDb, { seq, meta, segment, bodyAt, bodyBytes }: JournalRecord<AssetMeta>): void {
  db.run(
    'INSERT OR IGNORE INTO asset (seq, project, sha256, type, bytes, segment, body_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    seq,
    meta.project,
    meta.sha256,
    meta.type,
    bodyBytes,
    segment,
    bodyAt,
  );
}

/** Within a transaction: notes that a session names an asset. */
export function applyAssetUse(db: WriteDb, { seq, meta, segment }: JournalRecord<AssetUseMeta>): void {
  db.run(
    'INSERT OR IGNORE INTO asset_use (seq, project, session, sha256, segment) VALUES (?, ?, ?, ?, ?)',
    seq,
    meta.project,
    meta.session,
    meta.sha256,
    segment,
  );
}

/** Within a transaction: an erased session names nothing any more, and what nobody names goes with it. */
export function forgetAssets(db: WriteDb, { project, session }: SessionName): void {
  const STAIN = "INSERT OR IGNORE INTO stain (journal, segment) SELECT DISTINCT 'chunks', segment FROM";
  const UNUSED = `asset WHERE project = ? AND NOT EXISTS
    (SELECT 1 FROM asset_use WHERE asset_use.project = asset.project AND asset_use.sha256 = asset.sha256)`;
  db.run(`${STAIN} asset_use WHERE project = ? AND session = ?`, project, session);
  const { changes } = db.run('DELETE FROM asset_use WHERE project = ? AND session = ?', project, session);
  if (changes === 0) return;
  db.run(`${STAIN} ${UNUSED}`, project);
  db.run(`DELETE FROM ${UNUSED}`, project);
}
