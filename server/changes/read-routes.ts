import { z } from 'zod';
import { SessionId } from '../../shared/model/identity.ts';
import { type ChangePage, ProjectInfo } from '../../shared/wire/change.ts';
import { MAX_WAIT_S } from '../../shared/wire/live.ts';
import type { Caller } from '../auth/bearer.ts';
import { HttpProblem, sendJson, tooMany } from '../http/http-problem.ts';
import { readQuery } from '../http/read-query.ts';
import type { Exchange } from '../http/route.ts';
import { type News, topicOf } from '../live/news.ts';
import { SERVER_VERSION } from '../package-version.ts';
import type { Storage } from '../storage/storage.ts';

/** What answering a workstation needs. */
export interface ReadRouteDeps {
  readonly storage: Storage;
  readonly clock: () => number;
}

const BUSY_MS = 5000;

const PageQuery = z.object({
  after: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(500),
  /** Whether annotations are wanted, too. */
  annotations: z.enum(['0', '1']).default('0'),
  wait: z.coerce.number().min(0).max(MAX_WAIT_S).default(0),
  session: SessionId.optional(),
});

/**
 * `GET /v1/changes?after=<cursor>&limit=<1..1000>&wait=<0..25>&session=<id>`: the project's changes behind the cursor, in rising order, of
 * all sessions or of one. When there is none it waits so many seconds for one, which is how a running session is followed.
 */
export const createChangesRoute =
  ({ storage, news }: ReadRouteDeps & { readonly news: News }) =>
  async ({ response, query }: Exchange, { project }: Caller): Promise<void> => {
    const { after, limit, wait, session, annotations } = readQuery(PageQuery, query);
    const only = { ...(session ? { session } : {}), annotations: annotations === '1' };
    const read = () => storage.readChanges(project, after, limit, only);
    let list = await read();
    if (list.changes.length === 0 && wait > 0) {
      const gone = new AbortController();
      response.once('close', () => gone.abort());
      // Waits before it looks again: nothing that comes in between is missed.
      const fresh = news.wait(topicOf(project, session), wait * 1000, gone.signal);
      list = await read();
      if (list.changes.length > 0) gone.abort();
      else if (!(await fresh)) throw tooMany('Too many readers wait for changes.', BUSY_MS);
      else if (!response.destroyed) list = await read();
    }
    const next = list.changes.at(-1)?.seq ?? after;
    sendJson(response, 200, { history: storage.history, ...list, next } satisfies ChangePage);
  };

/** `GET /v1/project`: what a connection test shows. */
export const createProjectRoute =
  ({ storage, clock }: ReadRouteDeps) =>
  async ({ response }: Exchange, { project: id, role, expiresAt }: Caller): Promise<void> => {
    const project = await storage.accounts.findProject(id);
    if (!project) throw new HttpProblem(404, 'not-found', 'The project of this token does not exist any more.');
    const { head } = await storage.readChanges(id, Number.MAX_SAFE_INTEGER, 1);
    const { name } = project;
    const { history } = storage;
    const now = clock();
    sendJson(
      response,
      200,
      ProjectInfo.parse({ project: id, name, serverVersion: SERVER_VERSION, history, head, now, role, expiresAt }),
    );
  };
