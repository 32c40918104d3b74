import type { ReadDb } from '../../shared/node/sqlite.ts';
import { LiveList, type LiveSession } from '../../shared/wire/live.ts';
import type { Caller } from '../auth/bearer.ts';
import { sendJson } from '../http/http-problem.ts';
import type { Exchange } from '../http/route.ts';
import { ONLINE_MS, type Presence } from './presence.ts';

/** Most sessions of an answer. */
const LIMIT = 500;

type Known = Pick<
  LiveSession,
  'user' | 'entryPage' | 'page' | 'startedAt' | 'device' | 'browser' | 'system' | 'errors' | 'failedRequests'
>;

const KNOWN_SQL = `
  SELECT user, entry_page AS entryPage, exit_page AS page, started_at AS startedAt, device, browser, system, errors,
         failed_requests AS failedRequests
  FROM session WHERE project = ? AND session = ?`;

const UNKNOWN: Known = {
  user: null,
  entryPage: null,
  page: null,
  startedAt: null,
  device: null,
  browser: null,
  system: null,
  errors: null,
  failedRequests: null,
};

/** `GET /v1/live`: who is online in the project, with what is derived of them so far. */
export const createLiveRoute =
  (presence: Presence, derived: ReadDb, refresh: () => Promise<void>, clock: () => number) =>
  async ({ response }: Exchange, { project }: Caller): Promise<void> => {
    await refresh();
    const sessions = presence
      .online(project)
      .slice(0, LIMIT)
      .map((seen) => {
        const known = derived.get<Known>(KNOWN_SQL, project, seen.session);
        return { ...seen, ...(known ?? UNKNOWN) };
      });
    sendJson(response, 200, LiveList.parse({ sessions, onlineMs: ONLINE_MS, now: clock() }));
  };
