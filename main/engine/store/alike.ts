import type { SessionKey } from '../../../shared/model/identity.ts';
import type { SessionRow } from '../../../shared/model/session.ts';
import type { ReadDb } from '../../../shared/node/sqlite.ts';
import { type ListedSession, readSessionRow, sessionOf, TAGS_COLUMN } from './session-rows.ts';

/** Asks which other sessions met the same cause. */
export interface AlikeQuery {
  readonly key: SessionKey;
  readonly fingerprint: string;
  readonly limit: number;
}

const LISTED = 'NOT EXISTS (SELECT 1 FROM hidden WHERE hidden.session = finding.session)';

/** The statements of it; a test reads their plans. */
export const ALIKE_SQL = {
  rows: `SELECT session.*, ${TAGS_COLUMN} FROM finding JOIN session ON session.id = finding.session
WHERE finding.fingerprint = ? AND finding.session <> ? AND ${LISTED} ORDER BY finding.started_at DESC, finding.session DESC LIMIT ?`,
  total: `SELECT count(*) AS total FROM finding WHERE fingerprint = ? AND session <> ? AND ${LISTED}`,
} as const;

/** Other sessions with a finding of this fingerprint, newest first. @throws AppError `not-found`. */
export function alikeSessions(
  db: ReadDb,
  { key, fingerprint, limit }: AlikeQuery,
): { rows: SessionRow[]; total: number } {
  const { id } = sessionOf(db, key);
  return {
    rows: db.all<ListedSession>(ALIKE_SQL.rows, fingerprint, id, limit).map(readSessionRow),
    total: db.get<{ total: number }>(ALIKE_SQL.total, fingerprint, id)?.total ?? 0,
  };
}
