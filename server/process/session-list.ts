import { gunzipSync } from 'node:zlib';
import type { ReadDb } from '../../shared/node/sqlite.ts';
import type { ServerSession, ServerSessionFacts, ServerSessionPage } from '../../shared/wire/server-session.ts';
import type { DeadLetter } from './derived-store.ts';

const COLUMNS = `session, started_at AS startedAt, duration_ms AS durationMs, entry_page AS entryPage, exit_page AS exitPage,
  user, browser, system, device, release, events, clicks, errors, failed_requests AS failedRequests, missing, skew_ms AS skewMs,
  country, region`;

/** Sessions of a project before a place, newest first; its plan is part of the tests. */
export const SESSIONS_SQL = `
  SELECT ${COLUMNS} FROM session WHERE project = ? AND (started_at, session) < (?, ?) ORDER BY started_at DESC, session DESC LIMIT ?`;

/** The same of one person, by id or name. */
export const SESSIONS_OF_USER_SQL = `
  SELECT ${COLUMNS} FROM session WHERE project = ? AND (started_at, session) < (?, ?)
    AND session IN (SELECT session FROM session_user WHERE project = ? AND user = ?)
  ORDER BY started_at DESC, session DESC LIMIT ?`;

/** Where a page of sessions begins: behind this one. */
export interface SessionMark {
  readonly startedAt: number;
  readonly session: string;
}

/** Behind nothing: the newest first. */
const START: SessionMark = { startedAt: Number.MAX_SAFE_INTEGER, session: '' };

/** One page of a project's sessions. */
export function listServerSessions(
  db: ReadDb,
  project: string,
  { before = START, user, limit }: { before?: SessionMark | undefined; user?: string | undefined; limit: number },
): ServerSessionPage {
  const { startedAt, session } = before;
  const sessions =
    user === undefined
      ? db.all<ServerSession>(SESSIONS_SQL, project, startedAt, session, limit)
      : db.all<ServerSession>(SESSIONS_OF_USER_SQL, project, startedAt, session, project, user, limit);
  const last = sessions.length === limit ? sessions.at(-1) : undefined;
  return { sessions, next: last ? `${last.startedAt}.${last.session}` : null };
}

/** Reads a `next` as it was given out; undefined when it is none. */
export function readSessionMark(text: string): SessionMark | undefined {
  const [, startedAt, session] = /^(-?\d{1,16})\.([A-Za-z0-9_-]{1,64})$/.exec(text) ?? [];
  return startedAt && session ? { startedAt: Number(startedAt), session } : undefined;
}

/** One session with its facts; undefined also for the session of another project. */
export function findServerSession(db: ReadDb, project: string, session: string): ServerSessionFacts | undefined {
  const row = db.get<ServerSession & { facts: Buffer; factsVersion: number }>(
    `SELECT ${COLUMNS}, facts, facts_version AS factsVersion FROM session WHERE project = ? AND session = ?`,
    project,
    session,
  );
  if (!row) return undefined;
  const { facts, factsVersion, ...found } = row;
  const deadLetters = db.all<DeadLetter>(
    'SELECT seq, reason, at FROM dead_letter WHERE project = ? AND session = ? ORDER BY seq',
    project,
    session,
  );
  return { session: found, factsVersion, facts: JSON.parse(gunzipSync(facts).toString('utf8')), deadLetters };
}
