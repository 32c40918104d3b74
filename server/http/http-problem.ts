import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Problem } from '../../shared/wire/batch.ts';

/** An answer that is not 2xx: status, code and one clear message for whoever asked. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly status: number;
  readonly code: string;
  readonly headers: OutgoingHttpHeaders;

  constructor(status: number, code: string, message: string, headers: OutgoingHttpHeaders = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** 429 with the time after which it is worth trying again. */
export const tooMany = (message: string, waitMs: number): HttpProblem =>
  new HttpProblem(429, 'too-many', `${message} Try again later.`, {
    'retry-after': String(Math.max(1, Math.ceil(waitMs / 1000))),
  });

/** Sends JSON. */
export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: OutgoingHttpHeaders = {},
): void {
  const text = JSON.stringify(value);
  const bytes = Buffer.byteLength(text);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': bytes,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  // Plain ASCII, as receipts are, goes out together with the head and without being encoded.
  response.end(text, bytes === text.length ? 'latin1' : 'utf8');
}

/** Sends a problem. */
export function sendProblem(response: ServerResponse, problem: HttpProblem, headers: OutgoingHttpHeaders = {}): void {
  const body: Problem = { code: problem.code, message: problem.message };
  sendJson(response, problem.status, body, { ...headers, ...problem.headers });
}
