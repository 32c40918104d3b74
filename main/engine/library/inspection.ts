import { AppError } from '../../../shared/lib/app-error.ts';
import { isBackendWindow, type SessionKey } from '../../../shared/model/identity.ts';
import type { Analyst } from '../analyst/analyst-api.ts';
import type { Inspected, Inspector } from '../analyst/inspect/inspector-api.ts';
import type { Store } from '../store/store-api.ts';
import type { Remote } from '../threads/worker-client.ts';

type Question = Exclude<keyof Inspector, 'cancelInspection'>;
type Input<K extends Question> = Omit<Parameters<Inspector[K]>[0], keyof Inspected> & { readonly key: SessionKey };
type Answer<K extends Question> = Awaited<ReturnType<Inspector[K]>>;

/** Questions about one recording, each of which its asker can take back. */
export interface Inspection {
  /** @throws AppError `not-found`, or `cancelled` when `signal` said so. */
  ask<K extends Question>(question: K, input: Input<K>, signal: AbortSignal): Promise<Answer<K>>;
}

export function createInspection(deps: {
  readonly store: Pick<Remote<Store>, 'layout'>;
  readonly analyst: Pick<Remote<Analyst>, keyof Inspector>;
}): Inspection {
  let lastId = 0;
  return {
    ask: async (question, input, signal) => {
      const { file, chunks } = await deps.store.layout({ key: input.key });
      // What a backend recorded has another clock and no page: its facts tell of it.
      const layout = { file, chunks: chunks.filter(({ window }) => !isBackendWindow(window)) };
      const id = ++lastId;
      const cancel = (): void => void deps.analyst.cancelInspection({ id });
      signal.addEventListener('abort', cancel, { once: true });
      try {
        if (signal.aborted) throw new AppError('cancelled', 'The recording is not looked at any more.');
        const ask = deps.analyst[question] as (whole: unknown) => Promise<never>;
        return await ask({ ...input, id, layout });
      } finally {
        signal.removeEventListener('abort', cancel);
      }
    },
  };
}
