import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { retryAfterMs } from '../../../web/src/transport/retry.ts';

/** An answer of the server, or the lack of one (`status` 0). */
export interface Answer {
  readonly status: number;
  readonly retryAfterMs?: number | undefined;
}

/** The way out of the process. */
export interface Post {
  /** Never rejects. */
  send(url: string, body: Uint8Array): Promise<Answer>;
  close(): void;
}

/** A server that says nothing for so long has not taken the batch. */
const TIMEOUT_MS = 10_000;

/** How many batches are on their way at a time. */
export const MAX_SENDING = 4;

/** Over connections of its own that are kept open, and never keep the process alive. */
export function createPost(now: () => number): Post {
  const options = { keepAlive: true, maxSockets: MAX_SENDING, timeout: TIMEOUT_MS };
  const agents = { http: new HttpAgent(options), https: new HttpsAgent(options) };
  return {
    send: (url, body) =>
      new Promise((done) => {
        const lost = (): void => done({ status: 0 });
        try {
          const isTls = url.startsWith('https:');
          const request = (isTls ? httpsRequest : httpRequest)(url, {
            method: 'POST',
            agent: isTls ? agents.https : agents.http,
            headers: { 'content-type': 'text/plain', 'content-length': body.length },
          });
          request.on('socket', (socket) => socket.unref());
          request.setTimeout(TIMEOUT_MS, () => request.destroy());
          request.on('error', lost).on('close', lost);
          request.on('response', (response) => {
            response.resume();
            response.on('error', lost).on('end', () => {
              const after = retryAfterMs(response.headers['retry-after'] ?? null, now());
              done({ status: response.statusCode ?? 0, retryAfterMs: after });
            });
          });
          request.end(body);
        } catch {
          lost(); // as where nobody answers: it is tried again
        }
      }),
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}
