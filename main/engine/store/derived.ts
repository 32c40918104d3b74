import { AppError } from '../../../shared/lib/app-error.ts';
import type { Diagnosis } from '../../../shared/model/finding.ts';
import type { SessionKey } from '../../../shared/model/identity.ts';
import type { Signal } from '../../../shared/model/signal.ts';
import type { WriteDb } from '../../../shared/node/sqlite.ts';
import { alikeSessions } from './alike.ts';
import { saveJudgedColumns } from './judged-columns.ts';
import { searchText, sessionOf } from './session-rows.ts';
import type { DerivedSession, Store } from './store-api.ts';

/** The part of the store that keeps what was derived from recordings. */
export type Derived = Pick<
  Store,
  'signals' | 'diagnosis' | 'alike' | 'isDerived' | 'saveDerived' | 'stale' | 'markStale'
>;

export function createDerived(db: WriteDb): Derived {
  function save(made: DerivedSession): boolean {
    return db.transaction(() => {
      const session = sessionOf(db, made.key);
      const now = db.get<{ chunks: number }>('SELECT count(*) AS chunks FROM chunk WHERE session = ?', session.id);
      if (now?.chunks !== made.chunks) return false;
      db.run('DELETE FROM signal WHERE session = ?', session.id);
      for (const [ordinal, signal] of made.signals.entries()) addSignal(session.id, ordinal, signal);
      saveFindings(session.id, made);
      db.run(
        'INSERT INTO diagnosis (session, body) VALUES (?, ?) ON CONFLICT (session) DO UPDATE SET body = excluded.body',
        session.id,
        JSON.stringify(made.diagnosis),
      );
      saveFacts(session.id, session.session_id, made);
      saveJudgedColumns(db, session.id, made);
      if (made.notice !== null && !session.notice?.includes(made.notice)) {
        const notice = [session.notice, made.notice].filter((text) => text !== null).join(' ');
        db.run('UPDATE session SET notice = ? WHERE id = ?', notice, session.id);
      }
      return true;
    });
  }

  function addSignal(session: number, ordinal: number, signal: Signal): void {
    db.run(
      'INSERT INTO signal (session, ordinal, kind, severity, at, page, body) VALUES (?, ?, ?, ?, ?, ?, ?)',
      session,
      ordinal,
      signal.kind,
      signal.severity,
      signal.at,
      signal.page,
      JSON.stringify(signal),
    );
  }

  function saveFindings(session: number, { diagnosis, facts }: DerivedSession): void {
    db.run('DELETE FROM finding WHERE session = ?', session);
    for (const { fingerprint } of diagnosis.findings) {
      db.run(
        'INSERT OR IGNORE INTO finding (session, fingerprint, started_at) VALUES (?, ?, ?)',
        session,
        fingerprint,
        facts.startedAt,
      );
    }
  }

  function saveFacts(session: number, sessionId: string, { facts, diagnosis, ...made }: DerivedSession): void {
    db.run(
      `UPDATE session SET started_at = ?, duration_ms = ?, entry_url = ?, exit_url = ?, user = ?, user_agent = ?, release = ?,
         events = ?, clicks = ?, errors = ?, failed_requests = ?, frustrations = ?, verdict = ?, facts_version = ?,
         analysis_version = ?, search = ? WHERE id = ?`,
      facts.startedAt,
      facts.durationMs,
      facts.entryUrl,
      facts.exitUrl,
      facts.user,
      facts.userAgent,
      facts.release,
      facts.events,
      facts.clicks,
      facts.errors,
      facts.failedRequests,
      diagnosis.frustrations.length,
      diagnosis.summary,
      made.factsVersion,
      made.analysisVersion,
      searchText([facts.entryUrl, facts.exitUrl, facts.user, facts.release, sessionId]),
      session,
    );
  }

  return {
    saveDerived: save,
    signals: ({ key }) =>
      db
        .all<{ body: string }>('SELECT body FROM signal WHERE session = ? ORDER BY ordinal', sessionOf(db, key).id)
        .map((row) => JSON.parse(row.body) as Signal),
    diagnosis: ({ key }) => {
      const row = db.get<{ body: string }>('SELECT body FROM diagnosis WHERE session = ?', sessionOf(db, key).id);
      if (!row) throw new AppError('not-found', 'This session was not diagnosed yet.');
      return JSON.parse(row.body) as Diagnosis;
    },
    alike: (query) => alikeSessions(db, query),
    isDerived: ({ key, facts, analysis }) => {
      const session = sessionOf(db, key);
      return session.facts_version === facts && session.analysis_version === analysis;
    },
    markStale: ({ key }) => {
      db.run('UPDATE session SET facts_version = 0 WHERE id = ?', sessionOf(db, key).id);
    },
    stale: ({ facts, analysis, limit }) =>
      db
        .all<{ key: SessionKey }>(
          'SELECT key FROM session WHERE facts_version <> ? OR analysis_version <> ? LIMIT ?',
          facts,
          analysis,
          limit,
        )
        .map((row) => row.key),
  };
}
