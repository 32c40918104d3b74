import type { Job } from '../../shared/ipc/job.ts';
import { messageOf } from '../../shared/lib/app-error.ts';
import type { EngineClient } from './engine.ts';

/** The engine's jobs, newest first, kept up to date by its events. */
export interface JobFeed {
  /** A new array after each change. */
  all(): readonly Job[];
  subscribe(listener: () => void): () => void;
  /** Called once for each job that ends while the window is open. */
  onEnded(listener: (job: Job) => void): () => void;
}

/** What became of a job whose engine died. */
const CUT_OFF =
  'The engine stopped while this ran and was started again. What was done before is kept; start it again.';

/** Follows the jobs of `engine`; asks for the whole list whenever an engine becomes ready. */
export function createJobFeed(
  engine: Pick<EngineClient, 'call' | 'on' | 'onState'>,
  onError: (words: string) => void,
): JobFeed {
  let jobs: readonly Job[] = [];
  const listeners = new Set<() => void>();
  const endListeners = new Set<(job: Job) => void>();

  const replace = (next: readonly Job[]): void => {
    jobs = [...next].sort((a, b) => b.startedAt - a.startedAt);
    for (const listener of listeners) listener();
  };
  const tellEnded = (job: Job): void => {
    for (const listener of endListeners) listener(job);
  };
  engine.on('job.changed', (job) => {
    const before = jobs.find(({ id }) => id === job.id);
    replace([job, ...jobs.filter(({ id }) => id !== job.id)]);
    if (job.state !== 'running' && (before === undefined || before.state === 'running')) tellEnded(job);
  });
  /** Another engine does not know what the one before was doing when it died. */
  const replaceAll = (known: readonly Job[]): void => {
    const lost = jobs.filter((job) => job.state === 'running' && !known.some(({ id }) => id === job.id));
    const ended = lost.map((job): Job => ({ ...job, state: 'failed', message: CUT_OFF }));
    replace([...known, ...ended]);
    for (const job of ended) tellEnded(job);
  };
  engine.onState((state) => {
    if (state.kind !== 'ready') return;
    engine.call('jobs.list', undefined).then(replaceAll, (error: unknown) => onError(messageOf(error)));
  });

  return {
    all: () => jobs,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onEnded: (listener) => {
      endListeners.add(listener);
      return () => endListeners.delete(listener);
    },
  };
}
