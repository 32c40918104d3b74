import type { Rate } from '../limits.ts';

/** A bucket: `tokens` at the time `at` (ms). */
export interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

/** What a bucket holds at `now`. A clock that went back adds nothing and takes nothing away. */
export function refill(bucket: Bucket | undefined, rate: Rate, now: number): Bucket {
  if (!bucket) return { tokens: rate.burst, at: now };
  const gained = (Math.max(0, now - bucket.at) * rate.perSecond) / 1000;
  return { tokens: Math.min(rate.burst, bucket.tokens + gained), at: now };
}

/** Ms until a bucket holds a token; 0 when it does. A cost of more than it holds is allowed and paid back afterwards. */
export const waitMsOf = (bucket: Bucket, rate: Rate): number =>
  bucket.tokens >= 1 ? 0 : ((1 - bucket.tokens) * 1000) / rate.perSecond;

/** Token buckets by name. */
export interface Buckets {
  /** Takes the cost. @returns 0, or the ms to wait when nothing was taken. */
  take(name: string, cost: number): number;
  /** The ms to wait; takes nothing. */
  waitMs(name: string): number;
}

const MAX_BUCKETS = 20_000;

/** Buckets of one rate; the least recently used are forgotten (and so full again) above 20,000. */
export function createBuckets(rate: Rate, clock: () => number): Buckets {
  const buckets = new Map<string, Bucket>();
  return {
    take(name, cost) {
      const bucket = refill(buckets.get(name), rate, clock());
      const waitMs = waitMsOf(bucket, rate);
      buckets.delete(name);
      buckets.set(name, waitMs > 0 ? bucket : { ...bucket, tokens: bucket.tokens - cost });
      if (buckets.size > MAX_BUCKETS) forgetOldest(buckets);
      return waitMs;
    },
    waitMs: (name) => waitMsOf(refill(buckets.get(name), rate, clock()), rate),
  };
}

function forgetOldest(buckets: Map<string, Bucket>): void {
  for (const name of buckets.keys()) {
    buckets.delete(name);
    return;
  }
}
