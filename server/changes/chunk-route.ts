import type { IncomingMessage } from 'node:http';
import type { Caller } from '../auth/bearer.ts';
import { HttpProblem } from '../http/http-problem.ts';
import type { Exchange } from '../http/route.ts';
import { readByteRange } from './byte-range.ts';
import type { ReadRouteDeps } from './read-routes.ts';

/** `GET /v1/chunks/<seq>`: the stored bytes, whole or a range of them. A chunk never changes, so its hash is its ETag. */
export const createChunkRoute =
  ({ storage }: ReadRouteDeps) =>
  async ({ request, response, rest: seqText }: Exchange, { project }: Caller): Promise<void> => {
    const chunk = /^\d{1,15}$/.test(seqText) ? await storage.findChunk(project, Number(seqText)) : undefined;
    if (!chunk) throw new HttpProblem(404, 'not-found', `There is no chunk ${seqText.slice(0, 32)} in this project.`);
    const etag = `"${chunk.sha256}"`;
    const headers = {
      etag,
      'content-type': 'application/octet-stream',
      'x-traceflow-sha256': chunk.sha256,
      'accept-ranges': 'bytes',
      'cache-control': 'private, immutable, max-age=31536000',
      'x-content-type-options': 'nosniff',
    };
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304, headers).end();
      return;
    }
    const range = readByteRange(rangeHeader(request, etag), chunk.bytes);
    if (range === 'unsatisfiable') {
      throw new HttpProblem(416, 'bad-request', `The chunk has ${chunk.bytes} bytes.`, {
        'content-range': `bytes */${chunk.bytes}`,
      });
    }
    const { start, length } = range ?? { start: 0, length: chunk.bytes };
    const bytes = await chunk.read(start, length);
    const part = range ? { 'content-range': `bytes ${start}-${start + length - 1}/${chunk.bytes}` } : {};
    response.writeHead(range ? 206 : 200, { ...headers, ...part, 'content-length': bytes.length }).end(bytes);
  };

/** With `If-Range` a range counts only while the body is still the one the client knows. */
function rangeHeader(request: IncomingMessage, etag: string): string | undefined {
  const condition = request.headers['if-range'];
  return condition === undefined || condition === etag ? request.headers.range : undefined;
}
