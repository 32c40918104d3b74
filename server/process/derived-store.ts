import { migrate } from '../../shared/node/migrate.ts';
import { openWriter, type WriteDb } from '../../shared/node/sqlite.ts';
import type { ServerSession } from '../../shared/wire/server-session.ts';
import { emptyLog } from '../storage/embedded/empty-log.ts';
import type { Derived } from './derive-session.ts';
import { DERIVED_MIGRATIONS } from './derived-schema.ts';

/** File of what is derived, in a server's folder. It may be deleted: it is made again from the journal. */
export const DERIVED_FILE = 'derived.sqlite';

/** A session as it is kept, with its facts as gzip of JSON. */
export interface DerivedRow extends Omit<ServerSession, 'session'> {
  readonly factsVersion: number;
  readonly facts: Uint8Array;
}

/** What could not be read: a chunk by its sequence number, or with 0 the session as a whole. */
export interface DeadLetter {
  readonly seq: number;
  readonly reason: string;
  readonly at: number;
}

/** Names a session on the server. */
export interface SessionName {
  readonly project: string;
  readonly session: string;
}

/** A session whose derived data is missing or behind; `seq` is its newest chunk. */
export interface Work extends SessionName {
  readonly seq: number;
  readonly attempts: number;
}

/** How long a session with new chunks waits: in proportion to what its derivation took last time, within bounds. */
export interface Patience {
  readonly leastMs: number;
  readonly mostMs: number;
  readonly timesTook: number;
}

/** What is derived, and what is still to do. Several threads and processes may have it open. */
export interface DerivedStore {
  readonly db: WriteDb;
  /** Forgets everything when the journal is another one; remakes what another version of the facts code made. */
  adopt(history: string, factsVersion: number, now: number): void;
  cursor(): number;
  /** Notes that sessions have new chunks, up to `cursor`. */
  note(arrivals: readonly (SessionName & { readonly seq: number })[], cursor: number, now: number): void;
  /**
   * The next session to derive. Counts the attempt, unless this deriver has it counted already, so that a session that kills its derivers is
   * found out and one that waits for room on the disk is not taken for one.
   */
  take(now: number, patience: Patience, isCounted: (work: Work) => boolean): Work | undefined;
  /** Keeps what was derived; work that grew meanwhile stays. Nothing is kept of an erased session. */
  save(work: Work, derived: Derived, tookMs: number): void;
  /** Takes sessions out for good; a derivation under way writes nothing of them any more. */
  erase(sessions: readonly SessionName[]): Promise<void>;
  /** Gives a session up. */
  bury(work: Work, letter: DeadLetter): void;
  close(): void;
}

/** Opens, and makes when it is not there. */
export function openDerived(dir: string, nativeBinding?: string): DerivedStore {
  const db = openWriter({ file: `${dir}/${DERIVED_FILE}`, nativeBinding, synchronous: 'NORMAL' });
  try {
    migrate(db, DERIVED_MIGRATIONS);
  } catch (error) {
    db.close();
    throw error;
  }
  const meta = (name: string) => db.get<{ value: string }>('SELECT value FROM meta WHERE name = ?', name)?.value;
  const setMeta = (name: string, value: string) =>
    db.run(
      'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      name,
      value,
    );
  return {
    db,
    adopt: (history, factsVersion, now) =>
      db.transaction(() => {
        if (meta('history') !== history) {
          for (const table of ['work', 'session', 'session_user', 'dead_letter', 'erased', 'meta'])
            db.exec(`DELETE FROM ${table}`);
          setMeta('history', history);
        }
        db.run(
          `INSERT INTO work (project, session, seq, first_at, last_at)
           SELECT project, session, seq, ?, ? FROM session WHERE facts_version <> ? ON CONFLICT DO NOTHING`,
          now,
          now,
          factsVersion,
        );
      }),
    cursor: () => Number(meta('cursor') ?? 0),
    note: (arrivals, cursor, now) =>
      db.transaction(() => {
        for (const { project, session, seq } of arrivals) {
          db.run(
            `INSERT INTO work (project, session, seq, first_at, last_at) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT DO UPDATE SET seq = excluded.seq, last_at = excluded.last_at, attempts = 0`,
            project,
            session,
            seq,
            now,
            now,
          );
        }
        setMeta('cursor', String(cursor));
      }),
    take: (now, { leastMs, mostMs, timesTook }, isCounted) =>
      db.transaction(() => {
        const work = db.get<Work>(
          `SELECT work.project, work.session, work.seq, attempts
           FROM work LEFT JOIN session ON session.project = work.project AND session.session = work.session
           WHERE first_at + min(?, max(?, ? * coalesce(took_ms, 0))) <= ? ORDER BY attempts, first_at LIMIT 1`,
          mostMs,
          leastMs,
          timesTook,
          now,
        );
        if (work && !isCounted(work))
          db.run(
            'UPDATE work SET attempts = attempts + 1 WHERE project = ? AND session = ?',
            work.project,
            work.session,
          );
        return work;
      }),
    save: (work, { row, users, dead }, tookMs) =>
      db.transaction(() => {
        clear(db, work);
        if (isErased(db, work)) return;
        insertRow(db, work, row, tookMs);
        for (const user of users)
          db.run(
            'INSERT INTO session_user (project, user, session) VALUES (?, ?, ?)',
            work.project,
            user,
            work.session,
          );
        for (const letter of dead) insertLetter(db, work, letter);
      }),
    bury: (work, letter) =>
      db.transaction(() => {
        clear(db, work);
        if (!isErased(db, work)) insertLetter(db, work, letter);
      }),
    erase: async (sessions) => {
      const fresh = sessions.filter((one) => !isErased(db, one));
      if (fresh.length === 0) return;
      db.transaction(() => {
        for (const { project, session } of fresh) {
          clear(db, { project, session, seq: Number.MAX_SAFE_INTEGER });
          db.run('INSERT OR IGNORE INTO erased (project, session) VALUES (?, ?)', project, session);
        }
      });
      await emptyLog(db);
    },
    close: () => db.close(),
  };
}

const isErased = (db: WriteDb, { project, session }: SessionName): boolean =>
  db.get('SELECT 1 FROM erased WHERE project = ? AND session = ?', project, session) !== undefined;

/** Takes away what was known of a session, and its work as far as it is done. */
function clear(db: WriteDb, { project, session, seq }: SessionName & { readonly seq: number }): void {
  for (const table of ['session', 'session_user', 'dead_letter']) {
    db.run(`DELETE FROM ${table} WHERE project = ? AND session = ?`, project, session);
  }
  db.run('DELETE FROM work WHERE project = ? AND session = ? AND seq <= ?', project, session, seq);
  // What came meanwhile begins to wait only now.
  db.run('UPDATE work SET first_at = last_at WHERE project = ? AND session = ?', project, session);
}

function insertLetter(db: WriteDb, { project, session }: SessionName, { seq, reason, at }: DeadLetter): void {
  db.run(
    'INSERT INTO dead_letter (project, session, seq, reason, at) VALUES (?, ?, ?, ?, ?)',
    project,
    session,
    seq,
    reason,
    at,
  );
}

function insertRow(db: WriteDb, work: Work, row: DerivedRow, tookMs: number): void {
  db.run(
    `INSERT INTO session (project, session, seq, started_at, duration_ms, entry_page, exit_page, user, browser, system, device,
       release, events, clicks, errors, failed_requests, missing, skew_ms, facts_version, facts, took_ms, country, region)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    work.project,
    work.session,
    work.seq,
    Math.round(row.startedAt),
    Math.round(row.durationMs),
    row.entryPage,
    row.exitPage,
    row.user,
    row.browser,
    row.system,
    row.device,
    row.release,
    row.events,
    row.clicks,
    row.errors,
    row.failedRequests,
    row.missing,
    Math.round(row.skewMs),
    row.factsVersion,
    row.facts,
    Math.ceil(tookMs),
    row.country,
    row.region,
  );
}
