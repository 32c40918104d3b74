import { z } from 'zod';
import { type ChangePage, ProjectInfo } from '../../shared/wire/change.ts';
import type { Caller } from '../auth/bearer.ts';
import { HttpProblem, sendJson } from '../http/http-problem.ts';
import { readQuery } from '../http/read-query.ts';
import type { Exchange } from '../http/route.ts';
import { SERVER_VERSION } from '../package-version.ts';
import type { Storage } from '../storage/storage.ts';

/** What answering a workstation needs. */
export interface ReadRouteDeps {
  readonly storage: Storage;
  readonly clock: () => number;
}

const PageQuery = z.object({
  after: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(500),
});

/** `GET /v1/changes?after=<cursor>&limit=<1..1000>`: the project's changes behind the cursor, in rising order. */
export const createChangesRoute =
  ({ storage }: ReadRouteDeps) =>
  async ({ response, query }: Exchange, { project }: Caller): Promise<void> => {
    const { after, limit } = readQuery(PageQuery, query);
    const { changes, head } = await storage.readChanges(project, after, limit);
    const next = changes.at(-1)?.seq ?? after;
    sendJson(response, 200, { history: storage.history, changes, next, head } satisfies ChangePage);
  };

/** `GET /v1/project`: what a connection test shows. */
export const createProjectRoute =
  ({ storage, clock }: ReadRouteDeps) =>
  async ({ response }: Exchange, { project: id, role }: Caller): Promise<void> => {
    const project = await storage.accounts.findProject(id);
    if (!project) throw new HttpProblem(404, 'not-found', 'The project of this token does not exist any more.');
    const { head } = await storage.readChanges(id, Number.MAX_SAFE_INTEGER, 1);
    const { name } = project;
    const { history } = storage;
    const now = clock();
    sendJson(
      response,
      200,
      ProjectInfo.parse({ project: id, name, serverVersion: SERVER_VERSION, history, head, now, role }),
    );
  };
