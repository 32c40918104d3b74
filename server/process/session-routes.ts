import { z } from 'zod';
import type { ReadDb } from '../../shared/node/sqlite.ts';
import { ServerSessionFacts, ServerSessionPage } from '../../shared/wire/server-session.ts';
import type { Caller } from '../auth/bearer.ts';
import { HttpProblem, sendJson } from '../http/http-problem.ts';
import { readQuery } from '../http/read-query.ts';
import type { Exchange } from '../http/route.ts';
import { findServerSession, listServerSessions, readSessionMark } from './session-list.ts';

const ListQuery = z.object({
  before: z
    .string()
    .refine((text) => readSessionMark(text) !== undefined, 'not a "next" of ours')
    .transform(readSessionMark)
    .optional(),
  user: z.string().min(1).max(20_000).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** `GET /v1/sessions?user=&before=&limit=`: what is known of a project's sessions, newest first. */
export const createSessionsRoute =
  (db: ReadDb) =>
  async ({ response, query }: Exchange, { project }: Caller): Promise<void> =>
    sendJson(response, 200, ServerSessionPage.parse(listServerSessions(db, project, readQuery(ListQuery, query))));

/** `GET /v1/sessions/<id>`: one session with its facts and what could not be read of it. */
export const createSessionRoute =
  (db: ReadDb) =>
  async ({ response, rest }: Exchange, { project }: Caller): Promise<void> => {
    const found = findServerSession(db, project, rest);
    if (!found) throw new HttpProblem(404, 'not-found', 'There is no such session in this project, or not yet.');
    sendJson(response, 200, ServerSessionFacts.parse(found));
  };
