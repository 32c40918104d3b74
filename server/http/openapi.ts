import { z } from 'zod';
import { AuditLog } from '../../shared/wire/access.ts';
import { AnnotationPage, AnnotationPush, AnnotationReceipt } from '../../shared/wire/annotation.ts';
import { AssetHead, AssetReceipt } from '../../shared/wire/asset.ts';
import { BatchHead, BatchReceipt, Problem } from '../../shared/wire/batch.ts';
import { ChangePage, ProjectInfo } from '../../shared/wire/change.ts';
import { LiveList } from '../../shared/wire/live.ts';
import { ErasureReport, HoldChange, HoldList, Retention, Subject } from '../../shared/wire/privacy.ts';
import { Scrubbing } from '../../shared/wire/scrub.ts';
import { ServerSessionFacts, ServerSessionPage } from '../../shared/wire/server-session.ts';
import { StreamMessage, StreamQuery } from '../../shared/wire/stream.ts';
import { SERVER_VERSION } from '../package-version.ts';
import { sendJson } from './http-problem.ts';
import type { Exchange, Route } from './route.ts';

/** What a route takes and gives. Bytes are named by their media type. */
interface Description {
  readonly summary: string;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType | string;
  readonly answer: z.ZodType | string;
  /** Name of what follows a path that ends in `/`. */
  readonly rest?: string;
}

const Health = z.object({ status: z.literal('ok'), version: z.string().optional() });
const optional = (description: string) => z.string().optional().describe(description);

/** One for each route; a test compares them with the routing table. */
const DESCRIPTIONS: Readonly<Record<string, Description>> = {
  'POST /v1/batches': {
    summary: 'Takes one batch; answered when it is on the disk.',
    query: BatchHead,
    body: 'application/octet-stream',
    answer: BatchReceipt,
  },
  'GET /v1/stream': {
    summary: 'A WebSocket that takes the batches of one generation; see REALTIME-INFRASTRUCTURE.',
    query: StreamQuery,
    answer: StreamMessage,
  },
  'GET /v1/changes': {
    summary: 'Changes of the project behind a cursor; waits for one when asked to.',
    query: z.object({
      after: optional('The cursor: `next` of the answer before. Default 0.'),
      limit: optional('1 to 1000, default 500.'),
      annotations: optional('1 to get annotations, too.'),
      wait: optional('Seconds to wait for a change when there is none, 0 to 25.'),
      session: optional('Only changes of this session.'),
    }),
    answer: ChangePage,
  },
  'GET /v1/chunks/': {
    summary: 'The bytes of a chunk as they arrived.',
    rest: 'seq',
    answer: 'application/octet-stream',
  },
  'GET /v1/project': { summary: 'The project and the role of the token.', answer: ProjectInfo },
  'GET /v1/live': { summary: 'Who is online.', answer: LiveList },
  'GET /v1/sessions': {
    summary: 'Sessions with what is derived of them, newest first.',
    query: z.object({
      before: optional('`next` of the answer before.'),
      user: optional('Id or name of a person.'),
      limit: optional('1 to 500, default 100.'),
    }),
    answer: ServerSessionPage,
  },
  'GET /v1/sessions/': { summary: 'One session with its facts.', rest: 'session', answer: ServerSessionFacts },
  'GET /v1/annotations': {
    summary: 'Notes, tags and labels that stand, behind a sequence number; deletions included.',
    query: z.object({
      after: optional('`next` of the answer before. Default 0.'),
      limit: optional('1 to 1000, default 500.'),
    }),
    answer: AnnotationPage,
  },
  'POST /v1/annotations': {
    summary: 'Takes notes, tags and labels; the last writer of an item wins.',
    body: AnnotationPush,
    answer: AnnotationReceipt,
  },
  'PUT /v1/assets/': {
    summary: 'Keeps a picture, font or style sheet that a session names.',
    rest: 'sha256',
    query: AssetHead,
    body: 'application/octet-stream',
    answer: AssetReceipt,
  },
  'GET /v1/assets/': { summary: 'The bytes of an asset.', rest: 'sha256', answer: 'application/octet-stream' },
  'GET /v1/audit': { summary: 'Who changed what in the project.', answer: AuditLog },
  'POST /v1/erasures': { summary: 'Erases a session or person for good.', body: Subject, answer: ErasureReport },
  'POST /v1/exports': { summary: 'All that is kept of a session or person.', body: Subject, answer: 'application/zip' },
  'GET /v1/holds': { summary: 'Sessions that must not be erased.', answer: HoldList },
  'POST /v1/holds': { summary: 'Places or lifts a hold.', body: HoldChange, answer: HoldList },
  'GET /v1/retention': { summary: 'How long sessions are kept.', answer: Retention },
  'POST /v1/retention': { summary: 'Says how long, and applies it.', body: Retention, answer: Retention },
  'GET /v1/scrubbing': { summary: 'What is taken out of batches before they are kept.', answer: Scrubbing },
  'POST /v1/scrubbing': { summary: 'Says what, for batches from now on.', body: Scrubbing, answer: Scrubbing },
  'GET /healthz': { summary: 'The process answers.', answer: Health },
  'GET /readyz': { summary: 'Batches are taken.', answer: Health },
  'GET /v1/health': { summary: 'The same by its old name.', answer: Health },
  'GET /openapi.json': { summary: 'This document.', answer: 'application/json' },
  'GET /sdk/v1/': {
    rest: 'file',
    summary: 'The files of the SDK for pages: `traceflow.js`, and what that loads later.',
    answer: 'text/javascript',
  },
};

/**
 * The HTTP contract as an OpenAPI 3.1 document, made from the schemas that server, SDK and workstation check with.
 * @throws Error naming a route that is not described, or a description without a route.
 */
function openApi(routes: readonly Pick<Route, 'method' | 'path' | 'access'>[]): object {
  const paths: Record<string, Record<string, object>> = {};
  const left = new Set(Object.keys(DESCRIPTIONS));
  for (const route of routes) {
    const name = `${route.method} ${route.path}`;
    const description = DESCRIPTIONS[name];
    if (!description) throw new Error(`${name} is not described.`);
    left.delete(name);
    const path = description.rest ? `${route.path}{${description.rest}}` : route.path;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, description) };
  }
  if (left.size > 0) throw new Error(`There is no route ${[...left].join(', ')}.`);
  return {
    openapi: '3.1.0',
    info: { title: 'TRACEFLOW server', version: SERVER_VERSION },
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A read token. Each route names the least role.' },
        key: { type: 'apiKey', in: 'query', name: 'key', description: 'A write key.' },
      },
    },
  };
}

/** `GET /openapi.json`: made when it is first asked for. */
export function createOpenApiRoute(routes: () => readonly Route[]) {
  let made: object | undefined;
  return async ({ response }: Exchange): Promise<void> => {
    made ??= openApi(routes());
    sendJson(response, 200, made);
  };
}

function operation(route: Pick<Route, 'access'>, { summary, query, body, answer, rest }: Description): object {
  const isOpen = route.access === 'anyone' || route.access === 'write key';
  const needed = isOpen ? [] : [{ token: [] }];
  const restParameter = rest ? [{ name: rest, in: 'path', required: true, schema: { type: 'string' } }] : [];
  return {
    summary,
    security: route.access === 'write key' ? [{ key: [] }] : needed,
    ...(isOpen ? {} : { 'x-least-role': route.access }),
    parameters: [...restParameter, ...queryParameters(query)],
    ...(body ? { requestBody: { required: true, content: content(body) } } : {}),
    responses: {
      200: { description: 'Done.', content: content(answer) },
      default: { description: 'Why not.', content: content(Problem) },
    },
  };
}

const queryParameters = (query: z.ZodObject | undefined): object[] =>
  Object.entries(query?.shape ?? {}).map(([name, shape]) => {
    const required = !(shape as z.ZodType).safeParse(undefined).success;
    return { name, in: 'query', required, schema: schemaOf(shape as z.ZodType) };
  });

const content = (of: z.ZodType | string): object =>
  typeof of === 'string'
    ? { [of]: { schema: { type: 'string', format: 'binary' } } }
    : { 'application/json': { schema: schemaOf(of) } };

/** OpenAPI 3.1 speaks the same JSON Schema. */
function schemaOf(shape: z.ZodType): object {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { unrepresentable: 'any' });
  return schema;
}
