import { ACTIVITY_BUCKETS } from '../../../shared/model/session.ts';
import type { Signal, SignalKind } from '../../../shared/model/signal.ts';

const COUNTED: ReadonlySet<SignalKind> = new Set<SignalKind>(['page', 'click', 'input', 'submit', 'request', 'error']);
/** Counts are small numbers in a list; what is more busy than this looks the same. */
const MAX_COUNT = 255;

/**
 * How busy a session was over its length: how many things happened in each of `ACTIVITY_BUCKETS` equal parts. Empty when
 * nothing happened.
 */
export function activityOf(signals: readonly Signal[], startedAt: number, durationMs: number): number[] {
  const counted = signals.filter(({ kind }) => COUNTED.has(kind));
  if (counted.length === 0) return [];
  const buckets = Array.from({ length: ACTIVITY_BUCKETS }, () => 0);
  for (const { at } of counted) {
    const part = durationMs > 0 ? (at - startedAt) / durationMs : 0;
    const bucket = Math.min(ACTIVITY_BUCKETS - 1, Math.max(0, Math.floor(part * ACTIVITY_BUCKETS)));
    buckets[bucket] = Math.min(MAX_COUNT, (buckets[bucket] ?? 0) + 1);
  }
  return buckets;
}
