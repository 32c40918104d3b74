import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { ANY_ORIGIN } from './cors.ts';
import { HttpProblem } from './http-problem.ts';
import type { Exchange } from './route.ts';

/** Path the pasted snippet imports the SDK from. */
export const SDK_PATH = '/sdk/v1/traceflow.js';

/** `GET /sdk/v1/traceflow.js`: the SDK as built, for pages of any origin. Read per request: it is asked for rarely. */
export const createSdkRoute =
  (file: string | undefined) =>
  async ({ request, response }: Exchange): Promise<void> => {
    if (!file) throw new HttpProblem(404, 'not-found', 'This server was started without an SDK file to hand out.');
    const bytes = await readFile(file);
    const etag = `"${createHash('sha256').update(bytes).digest('base64url')}"`;
    const headers = {
      ...ANY_ORIGIN,
      etag,
      'cache-control': 'public, max-age=300',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    };
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304, headers).end();
      return;
    }
    response
      .writeHead(200, { ...headers, 'content-type': 'text/javascript; charset=utf-8', 'content-length': bytes.length })
      .end(bytes);
  };
