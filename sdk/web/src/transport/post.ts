import type { Timers } from '../clock.ts';
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
/** Keeps the request a simple one: no preflight, and a beacon may carry it. */
export const BATCH_TYPE = 'text/plain';
/** Browsers allow 64 KiB of requests that outlive the page; half is left for beacons. */
const KEEPALIVE_BYTES = 30 * 1024;

/** What sends a batch, and what it measures time with. */
export interface Network {
  /** As it was before anything was wrapped. */
  readonly fetch: typeof globalThis.fetch;
  readonly timers: Timers;
  /** Ms since epoch. */
  readonly nowAt: () => number;
}

/** Posts one batch and reads its receipt. Never rejects: without an answer in time the status is 0. */
export async function postBatch({ fetch, timers, nowAt }: Network, url: string, init: RequestInit): Promise<Answer> {
  const abort = new AbortController();
  const timer = timers.set(() => abort.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(url, { ...init, method: 'POST', credentials: 'omit', signal: abort.signal });
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
}

/** What the page's network looks like before anything is wrapped. @param nowAt ms since epoch. */
export function pagePost(page: Window & typeof globalThis, timers: Timers, nowAt: () => number): Post {
  const network: Network = { fetch: page.fetch.bind(page), timers, nowAt };
  const beacon = page.navigator.sendBeacon?.bind(page.navigator);
  return {
    send: (url, body) =>
      postBatch(network, url, {
        body,
        headers: { 'content-type': BATCH_TYPE },
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
        redirect: 'error',
        keepalive: body.length <= KEEPALIVE_BYTES,
      }),
    beacon: (url, body) => beacon?.(url, new page.Blob([body], { type: BATCH_TYPE })) ?? false,
  };
}
