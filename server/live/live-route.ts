import type { ReadDb } from '../../shared/node/sqlite.ts';
import { LiveList } from '../../shared/wire/live.ts';
import type { Caller } from '../auth/bearer.ts';
import { sendJson } from '../http/http-problem.ts';
import type { Exchange } from '../http/route.ts';
import { ONLINE_MS, type Presence } from './presence.ts';

/** Most sessions of an answer. */
const LIMIT = 500;

/** `GET /v1/live`: who is online in the project, with what is derived of them so far. */
export const createLiveRoute =
  (presence: Presence, derived: ReadDb, clock: () => number) =>
  async ({ response }: Exchange, { project }: Caller): Promise<void> => {
    const sessions = presence
      .online(project)
      .slice(0, LIMIT)
      .map((seen) => {
        const known = derived.get<{ user: string | null; entryPage: string }>(
          'SELECT user, entry_page AS entryPage FROM session WHERE project = ? AND session = ?',
          project,
          seen.session,
        );
        return { ...seen, user: known?.user ?? null, entryPage: known?.entryPage ?? null };
      });
    sendJson(response, 200, LiveList.parse({ sessions, onlineMs: ONLINE_MS, now: clock() }));
  };
