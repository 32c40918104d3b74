import type { ReadDb, WriteDb } from '../../shared/node/sqlite.ts';
import type { DeadLetter, SessionName } from './derived-store.ts';

/** A dead letter with the session it belongs to. */
export type DeadLetterEntry = DeadLetter & SessionName;

/** What could not be read, newest first. */
export const listDeadLetters = (db: ReadDb): DeadLetterEntry[] =>
  db.all<DeadLetterEntry>(
    'SELECT project, session, seq, reason, at FROM dead_letter ORDER BY at DESC, project, session, seq',
  );

/**
 * Puts sessions with dead letters back to work, all of them or one. What still cannot be read becomes a dead letter again.
 * @returns how many sessions.
 */
export const retryDeadLetters = (db: WriteDb, now: number, session?: string): number =>
  db.run(
    `INSERT INTO work (project, session, seq, first_at, last_at)
     SELECT dead_letter.project, dead_letter.session, max(dead_letter.seq, coalesce(session.seq, 0)), ?, ?
     FROM dead_letter LEFT JOIN session ON session.project = dead_letter.project AND session.session = dead_letter.session
     WHERE ? IS NULL OR dead_letter.session = ?
     GROUP BY dead_letter.project, dead_letter.session ON CONFLICT DO UPDATE SET attempts = 0`,
    now,
    now,
    session ?? null,
    session ?? null,
  ).changes;
