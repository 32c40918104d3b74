/** What an answer means for the batch it answers. */
export type Verdict =
  | 'stored' // it is durable on the server, or was already
  | 'later' // try again
  | 'unwanted' // this batch will never be taken
  | 'refused'; // none will: the key is wrong or revoked

/** @param status HTTP status; 0 when there was no answer. */
export function verdictOf(status: number): Verdict {
  if ((status >= 200 && status < 300) || status === 409) return 'stored';
  if (status === 401 || status === 403) return 'refused';
  if (status === 0 || status === 408 || status === 425 || status === 429 || status >= 500) return 'later';
  return 'unwanted';
}

const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 30_000;
/** Longest wait that a server may ask for. */
const MAX_ASKED_MS = 5 * 60 * 1000;

/**
 * How long to wait before the next try: doubling, half of it random so that many pages do not come back at once
 * ("equal jitter"). What the server asked for is a lower bound.
 * @param failures tries that failed in a row, from 1. @param random in [0, 1).
 */
export function retryDelayMs(failures: number, random: number, askedMs: number | undefined): number {
  const full = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(failures - 1, 16));
  return Math.max(full / 2 + (full / 2) * random, Math.min(askedMs ?? 0, MAX_ASKED_MS));
}

/** `Retry-After` in either form (seconds or a date) as a duration; undefined when there is none to understand. */
export function retryAfterMs(header: string | null, nowAt: number): number | undefined {
  if (!header) return undefined;
  const ms = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - nowAt;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
