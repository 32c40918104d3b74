import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../../shared/lib/app-error.ts';
import { RequestFailure } from './request-failure.ts';

/** How often and how long it is tried again. */
export interface RetryPolicy {
  readonly attempts: number;
  readonly baseMs: number;
  readonly maxMs: number;
}

/** How much a server is put up with. */
export interface Patience extends RetryPolicy {
  /** Longest silence of a server. */
  readonly answerMs: number;
}

/** Six attempts, at most some half a minute apart: a server that restarts is waited for, one that is gone is not. */
export const PATIENCE: Patience = { attempts: 6, baseMs: 500, maxMs: 30_000, answerMs: 30_000 };

/**
 * Wait before attempt `attempt` (from 1): exponential with full jitter, so that many workstations do not return at once;
 * never shorter than the server asked for.
 */
export function backoffMs(policy: RetryPolicy, attempt: number, random: number, retryAfterMs: number | null): number {
  const ceiling = Math.min(policy.maxMs, policy.baseMs * 2 ** (attempt - 1));
  return Math.max(random * ceiling, Math.min(retryAfterMs ?? 0, 10 * policy.maxMs));
}

/**
 * Repeats `body` while its failure is worth it.
 * @throws AppError the last reason.
 */
export async function withRetry<T>(body: () => Promise<T>, signal: AbortSignal, policy: RetryPolicy): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await body();
    } catch (error) {
      if (!(error instanceof RequestFailure)) throw error;
      if (!error.retryable || attempt >= policy.attempts) throw error.reason;
      await wait(backoffMs(policy, attempt, Math.random(), error.retryAfterMs), undefined, { signal }).catch(() => {
        throw new AppError('cancelled', 'Cancelled.');
      });
    }
  }
}
