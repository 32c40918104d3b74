import { useEffect, useState } from 'react';
import { AppError, messageOf } from '../../../../shared/lib/app-error.ts';

/** What is known of a question that is asked again and again. The answer before stays until the next is there. */
export interface LatestAnswer<T> {
  readonly data: T | null;
  /** In words; null while the last attempt worked. */
  readonly error: string | null;
  readonly retry: () => void;
}

/**
 * The answer to `ask` for the newest `question`, which is compared as JSON. What is no longer wanted is taken back, so that
 * only the newest is worked on. A null question is not asked.
 */
export function useLatestAnswer<Q, T>(
  question: Q | null,
  ask: (question: Q, signal: AbortSignal) => Promise<T>,
): LatestAnswer<T> {
  const [answer, setAnswer] = useState<{ data: T | null; error: string | null }>({ data: null, error: null });
  const [attempt, setAttempt] = useState(0);
  const text = JSON.stringify(question);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `text` stands for the question; asking again is `attempt`
  useEffect(() => {
    if (text === 'null') return;
    const stop = new AbortController();
    ask(JSON.parse(text) as Q, stop.signal).then(
      (data) => !stop.signal.aborted && setAnswer({ data, error: null }),
      (error: unknown) => {
        if (stop.signal.aborted || (error instanceof AppError && error.code === 'cancelled')) return;
        setAnswer((before) => ({ ...before, error: messageOf(error) }));
      },
    );
    return () => stop.abort();
  }, [text, ask, attempt]);
  return { ...answer, retry: () => setAttempt((count) => count + 1) };
}
