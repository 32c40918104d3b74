import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ANY_ORIGIN } from './cors.ts';
import { HttpProblem } from './http-problem.ts';
import type { Exchange } from './route.ts';

/** Folder of the SDK's files. */
export const SDK_FOLDER = '/sdk/v1/';
const FIRST = 'traceflow.js';
/** Path the pasted snippet imports the SDK from. */
export const SDK_PATH = `${SDK_FOLDER}${FIRST}`;

/** The part that the SDK loads later is named by its content: it never changes. */
const LATER = /^traceflow-[0-9a-f]{8}\.js$/;

const isMissing = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === 'ENOENT';

/** `GET /sdk/v1/`: the files of the SDK as built, for pages of any origin. Read per request: they are asked for rarely. */
export const createSdkRoute =
  (file: string | undefined) =>
  async ({ request, response, rest }: Exchange): Promise<void> => {
    if (!file) throw new HttpProblem(404, 'not-found', 'This server was started without an SDK file to hand out.');
    const isLater = LATER.test(rest);
    if (rest !== FIRST && !isLater) throw new HttpProblem(404, 'not-found', 'The SDK has no such file.');
    const bytes = await readFile(isLater ? join(dirname(file), rest) : file).catch((error: unknown) => {
      if (isLater && isMissing(error)) throw new HttpProblem(404, 'not-found', 'This version of the SDK is gone.');
      throw error;
    });
    const etag = `"${createHash('sha256').update(bytes).digest('base64url')}"`;
    const headers = {
      ...ANY_ORIGIN,
      etag,
      'cache-control': isLater ? 'public, max-age=31536000, immutable' : 'public, max-age=300',
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
