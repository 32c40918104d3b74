import { z } from 'zod';
import { type AnnotationPage, AnnotationPush, type AnnotationReceipt } from '../../shared/wire/annotation.ts';
import { PATHS } from '../../shared/wire/change.ts';
import { sendJson } from '../http/http-problem.ts';
import { readJson } from '../http/read-json.ts';
import { readQuery } from '../http/read-query.ts';
import type { Route } from '../http/route.ts';
import type { Storage } from '../storage/storage.ts';

/** A hundred of the longest notes, each letter as long as it gets in JSON. */
const MAX_PUSH_BYTES = 8 * 1024 * 1024;

const PageQuery = z.object({
  after: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(500),
});

/** Notes, tags and labels of the team: analysts push them, everyone who may read gets them. */
export function annotationRoutes(storage: Storage, clock: () => number): Route[] {
  return [
    {
      method: 'GET',
      path: PATHS.annotations,
      access: 'viewer',
      handle: async ({ response, query }, { project }) => {
        const { after, limit } = readQuery(PageQuery, query);
        const annotations = await storage.readAnnotations(project, after, limit);
        const next = annotations.at(-1)?.seq ?? after;
        sendJson(response, 200, { history: storage.history, annotations, next } satisfies AnnotationPage);
      },
    },
    {
      method: 'POST',
      path: PATHS.annotations,
      access: 'analyst',
      handle: async ({ request, response }, { project, name }) => {
        const { annotations } = await readJson(AnnotationPush, request, MAX_PUSH_BYTES);
        const outcomes = await storage.annotate(annotations, { project, by: name, at: clock() });
        sendJson(response, 200, { outcomes } satisfies AnnotationReceipt);
      },
    },
  ];
}
