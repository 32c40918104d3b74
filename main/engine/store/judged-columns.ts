import { countFrustrations, frustrationScore } from '../../../shared/analysis/frustration-score.ts';
import type { WriteDb } from '../../../shared/node/sqlite.ts';
import { browserOf } from './browser-of.ts';
import type { DerivedSession } from './store-api.ts';

/** Writes the columns that the library filters and sorts by beside the facts. Part of the caller's transaction. */
export function saveJudgedColumns(
  db: WriteDb,
  session: number,
  { facts, diagnosis, activity }: Pick<DerivedSession, 'facts' | 'diagnosis' | 'activity'>,
): void {
  const [first] = diagnosis.findings;
  db.run(
    `UPDATE session SET outcome = ?, fault = ?, browser = ?, frustration_score = ?, frustration_kinds = ?, activity = ?
     WHERE id = ?`,
    diagnosis.outcome === 'nothing-wrong' ? 'nothing-wrong' : (first?.verdict ?? 'inconclusive'),
    diagnosis.outcome === 'nothing-wrong' ? null : (first?.fault ?? null),
    browserOf(facts.userAgent),
    frustrationScore(diagnosis.frustrations),
    JSON.stringify(countFrustrations(diagnosis.frustrations)),
    JSON.stringify(activity),
    session,
  );
}
