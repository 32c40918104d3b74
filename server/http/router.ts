import type { IncomingMessage, ServerResponse } from 'node:http';
import { MAX_BATCH_BYTES } from '../../shared/wire/batch.ts';
import type { Admit } from '../auth/bearer.ts';
import type { ServerLog } from '../log.ts';
import type { Metrics } from '../operation/metrics.ts';
import { ANY_ORIGIN, sendPreflight } from './cors.ts';
import { HttpProblem, sendProblem } from './http-problem.ts';
import { ClientGoneError } from './receive-body.ts';
import { type Exchange, needsToken, type Route } from './route.ts';
import { toProblem } from './to-problem.ts';

/** @returns the listener for a server's requests: finds the route, turns what a handler throws into an answer. */
export function createRouter(
  routes: readonly Route[],
  admit: Admit,
  log: ServerLog,
  metrics: Pick<Metrics, 'answered'>,
) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const startedAt = performance.now();
    const { path, query } = splitUrl(request.url ?? '/');
    const here = routes.filter((one) => (one.path.endsWith('/') ? path.startsWith(one.path) : path === one.path));
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const route = here.find((one) => one.method === method) ?? here[0];
    const rest = path.slice(route?.path.length ?? 0);
    const note = (): void =>
      metrics.answered(route?.path ?? 'none', response.statusCode, performance.now() - startedAt);
    answer(route, admit, { request, response, query: new URLSearchParams(query), rest }).then(note, (error) => {
      if (error instanceof ClientGoneError) return;
      const problem = toProblem(error);
      if (problem.status >= 500) log.error({ path, status: problem.status, err: error }, 'A request failed.');
      else log.debug({ path, status: problem.status, code: problem.code }, 'A request was refused.');
      refuse(request, response, problem, route?.anyOrigin === true);
      note();
    });
  };
}

async function answer(route: Route | undefined, admit: Admit, exchange: Exchange): Promise<void> {
  const { request, response } = exchange;
  if (!route) throw new HttpProblem(404, 'not-found', 'There is nothing at this path.');
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  if (method === 'OPTIONS' && route.anyOrigin) return sendPreflight(response, route.method);
  if (method !== route.method) {
    throw new HttpProblem(405, 'bad-request', `This path takes ${route.method} only.`, { allow: route.method });
  }
  if (needsToken(route)) await route.handle(exchange, await admit(request, route.access));
  else await route.handle(exchange);
}

function splitUrl(url: string): { path: string; query: string } {
  const at = url.indexOf('?');
  return at === -1 ? { path: url, query: '' } : { path: url.slice(0, at), query: url.slice(at + 1) };
}

function refuse(request: IncomingMessage, response: ServerResponse, problem: HttpProblem, anyOrigin: boolean): void {
  if (response.headersSent) {
    response.destroy(); // too late for an answer: a broken one must not look whole
    return;
  }
  const headers = anyOrigin ? { ...ANY_ORIGIN, 'access-control-expose-headers': 'retry-after' } : {};
  sendProblem(response, problem, headers);
  if (!request.complete) dropRest(request);
}

// A browser reads an early answer only after it has sent its body: let an honest one pass, then hang up.
const DROPPED_BYTES = MAX_BATCH_BYTES;

function dropRest(request: IncomingMessage): void {
  let dropped = 0;
  request.on('data', (part: Buffer) => {
    dropped += part.length;
    if (dropped > DROPPED_BYTES) request.destroy();
  });
}
