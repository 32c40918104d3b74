import type { IncomingMessage } from 'node:http';
import { HttpProblem } from '../http/http-problem.ts';
import type { Authenticate } from './authenticate.ts';

/** Tells which project a request with `Authorization: Bearer <read token>` may read. */
export type Reader = (request: IncomingMessage) => Promise<string>;

/** @returns a check that answers 401 with the reason. */
export const createReader =
  (authenticate: Authenticate): Reader =>
  async (request) => {
    const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const project = token && (await authenticate('read', token));
    if (project) return project;
    const reason = token
      ? 'This read token is not known here. Make one with "traceflow-server keys add --read".'
      : 'This needs the header "Authorization: Bearer <read token>".';
    throw new HttpProblem(401, 'unauthorized', reason, { 'www-authenticate': 'Bearer' });
  };
