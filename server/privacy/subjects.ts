import type { SessionId } from '../../shared/model/identity.ts';
import type { ReadDb } from '../../shared/node/sqlite.ts';
import type { Subject } from '../../shared/wire/privacy.ts';

/** Sessions of a subject, and those that may be, since nobody could read them. */
export interface Found {
  readonly sessions: readonly SessionId[];
  readonly unreadable: readonly SessionId[];
}

/** Looks in what is derived, which has to be up to date: see `Processing.settle`. */
export function findSubject(derived: ReadDb, project: string, subject: Subject): Found {
  if ('session' in subject) return { sessions: [subject.session], unreadable: [] };
  const ids = (sql: string, ...values: string[]): SessionId[] =>
    derived.all<{ session: SessionId }>(sql, ...values).map(({ session }) => session);
  const sessions = ids(
    'SELECT session FROM session_user WHERE project = ? AND user = ? ORDER BY session',
    project,
    subject.user,
  );
  const known = new Set(sessions);
  const dead = ids('SELECT DISTINCT session FROM dead_letter WHERE project = ? ORDER BY session', project);
  return { sessions, unreadable: dead.filter((session) => !known.has(session)) };
}
