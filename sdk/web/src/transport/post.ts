import { retryAfterMs } from './retry.ts';

/** An answer of the server, or the lack of one (`status` 0). */
export interface Answer {
  readonly status: number;
  readonly retryAfterMs?: number | undefined;
  /** From the receipt: the first sequence number the server does not have. */
  readonly next?: number | undefined;
}

type Body = Uint8Array<ArrayBuffer> | string;

/** The two ways out of the page. */
export interface Post {
  /** Never rejects. */
  send(url: string, body: Body): Promise<Answer>;
  /** For the moment the page goes away. @returns whether the browser took it. */
  beacon(url: string, body: Body): boolean;
}

/** No answer after so long counts as none. */
const TIMEOUT_MS = 30_000;
/** Browsers allow 64 KiB of requests that outlive the page; half is left for beacons. */
const KEEPALIVE_BYTES = 30 * 1024;

/** What the page's network looks like before anything is wrapped. @param nowAt ms since epoch. */
export function pagePost(page: Window & typeof globalThis, nowAt: () => number): Post {
  const fetch = page.fetch.bind(page);
  const beacon = page.navigator.sendBeacon?.bind(page.navigator);
  // text/plain keeps the request a simple one: no preflight, and a beacon may carry it.
  const type = 'text/plain';
  return {
    async send(url, body) {
      const abort = new AbortController();
      const timer = page.setTimeout(() => abort.abort(), TIMEOUT_MS);
      try {
        const response = await fetch(url, {
          method: 'POST',
          body,
          headers: { 'content-type': type },
          credentials: 'omit',
          cache: 'no-store',
          referrerPolicy: 'no-referrer',
          redirect: 'error',
          keepalive: body.length <= KEEPALIVE_BYTES,
          signal: abort.signal,
        });
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
        page.clearTimeout(timer);
      }
    },
    beacon: (url, body) => beacon?.(url, new page.Blob([body], { type })) ?? false,
  };
}
