import type { Timers } from '../../../web/src/clock.ts';
import type { Post } from '../../../web/src/transport/post.ts';
import { retryAfterMs } from '../../../web/src/transport/retry.ts';

/** No answer after so long counts as none. */
const TIMEOUT_MS = 30_000;

/**
 * Sends batches by the app's own `fetch`, as it was before anything was wrapped. An app that goes away cannot hand anything
 * over: what is not sent then waits in its storage.
 * @param nowAt ms since epoch.
 */
export function appPost(fetch: typeof globalThis.fetch, timers: Timers, nowAt: () => number): Post {
  return {
    async send(url, body) {
      const abort = new AbortController();
      const timer = timers.set(() => abort.abort(), TIMEOUT_MS);
      try {
        const headers = { 'content-type': 'text/plain' };
        const response = await fetch(url, { method: 'POST', body, headers, credentials: 'omit', signal: abort.signal });
        const receipt: unknown = response.ok ? await response.json().catch(() => undefined) : undefined;
        const next = (receipt as { next?: unknown } | undefined)?.next;
        return {
          status: response.status,
          retryAfterMs: retryAfterMs(response.headers.get('retry-after'), nowAt()),
          next: typeof next === 'number' ? next : undefined,
        };
      } catch {
        return { status: 0 }; // offline, blocked or timed out: all the same to the caller, who tries again
      } finally {
        timers.clear(timer);
      }
    },
    beacon: () => false,
  };
}
