import { useEffect, useRef, useState } from 'react';
import type { OutputOf } from '../../../shared/ipc/call.ts';
import type { EngineCalls } from '../../../shared/ipc/engine-calls.ts';
import { AppError, messageOf } from '../../../shared/lib/app-error.ts';
import type { SessionFilter } from '../../../shared/model/session-filter.ts';
import { useServices } from '../../api/services.tsx';
import { PERIOD_DAYS, periodStart } from '../../state/library-filter.ts';

/** How many sessions each value of each facet would leave. */
export type FacetCounts = OutputOf<EngineCalls, 'sessions.facets'>;

/** While a sync brings page after page, counts are asked for at most this often, ms. */
const QUIET_MS = 1500;

/** The moments whose counts are asked for, in the order of `PERIOD_DAYS`. */
const moments = (now: number): number[] =>
  (Object.keys(PERIOD_DAYS) as (keyof typeof PERIOD_DAYS)[]).map((period) => periodStart(period, now));

/**
 * Counts for what is asked. The older ones stay until the new ones are there; a question that is no longer asked is
 * cancelled. @param wanted whether anybody looks.
 */
export function useFacets(
  search: string,
  filter: SessionFilter,
  wanted: boolean,
): { counts: FacetCounts | null; error: string | null; retry: () => void } {
  const { engine, changes } = useServices();
  const [counts, setCounts] = useState<FacetCounts | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [turn, setTurn] = useState(0);
  const lastAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (!wanted) return;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const stop = changes.on(({ sessions, marks }) => {
      if (!sessions && !marks) return;
      timer ??= setTimeout(
        () => {
          timer = null;
          setTurn((now) => now + 1);
        },
        Math.max(0, lastAt.current + QUIET_MS - performance.now()),
      );
    });
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, [changes, wanted]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` stands for "the store changed"
  useEffect(() => {
    if (!wanted) return;
    const controller = new AbortController();
    engine.call('sessions.facets', { search, filter, since: moments(Date.now()) }, controller.signal).then(
      (answer) => {
        if (controller.signal.aborted) return;
        lastAt.current = performance.now();
        setCounts(answer);
        setError(null);
      },
      (failure: unknown) => {
        if (controller.signal.aborted || (failure instanceof AppError && failure.code === 'cancelled')) return;
        setError(messageOf(failure));
      },
    );
    return () => controller.abort();
  }, [engine, search, filter, wanted, turn]);
  return { counts, error, retry: () => setTurn((now) => now + 1) };
}
