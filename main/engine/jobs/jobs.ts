import { randomUUID } from 'node:crypto';
import type { Job } from '../../../shared/ipc/job.ts';
import { AppError, messageOf } from '../../../shared/lib/app-error.ts';
import type { SessionKey } from '../../../shared/model/identity.ts';

/** At most ten events a second for one job. */
const QUIET_MS = 100;
/** Ended jobs kept for the list. */
const KEPT_JOBS = 50;

/** What a running job tells about itself. */
export interface JobContext {
  readonly signal: AbortSignal;
  progress(done: number, total: number | null): void;
  addSession(key: SessionKey): void;
}

/** The engine's long-running work. */
export interface Jobs {
  /** @param run resolves to the closing message. @returns the job's id, at once. */
  start(about: Pick<Job, 'kind' | 'title' | 'unit'>, run: (context: JobContext) => Promise<string>): string;
  list(): Job[];
  /** Asks a job to stop; one that has ended is left alone. @throws AppError `not-found`. */
  cancel(id: string): void;
  /** The job once it has ended. @throws AppError `not-found`. */
  wait(id: string): Promise<Job>;
  /** Cancels everything and waits for it. */
  close(): Promise<void>;
}

interface Running {
  job: Job;
  readonly controller: AbortController;
  readonly ended: Promise<void>;
}

/** @param changed gets each new state of a job. */
export function createJobs(deps: { readonly clock: () => number; readonly changed: (job: Job) => void }): Jobs {
  const jobs = new Map<string, Running>();

  const find = (id: string): Running => {
    const one = jobs.get(id);
    if (!one) throw new AppError('not-found', `There is no job ${id} any more.`);
    return one;
  };

  function start(about: Pick<Job, 'kind' | 'title' | 'unit'>, run: (context: JobContext) => Promise<string>): string {
    const id = randomUUID();
    const controller = new AbortController();
    let toldAt = Number.NEGATIVE_INFINITY;
    const tell = (change: Partial<Job>, always: boolean): void => {
      one.job = { ...one.job, ...change };
      if (!always && deps.clock() - toldAt < QUIET_MS) return;
      toldAt = deps.clock();
      deps.changed(one.job);
    };
    const end = (state: Job['state'], message: string): void => tell({ state, message, endedAt: deps.clock() }, true);
    const context: JobContext = {
      signal: controller.signal,
      progress: (done, total) => tell({ done, total }, false),
      addSession: (key) => tell({ sessions: [...one.job.sessions, key] }, false),
    };
    const work = Promise.resolve()
      .then(() => run(context))
      .then(
        (message) => end('done', message),
        (error: unknown) => {
          const cancelled = controller.signal.aborted || (error instanceof AppError && error.code === 'cancelled');
          end(
            cancelled ? 'cancelled' : 'failed',
            cancelled ? 'Cancelled. What was done before is kept.' : messageOf(error),
          );
        },
      );
    const one: Running = {
      job: {
        ...about,
        id,
        state: 'running',
        done: 0,
        total: null,
        startedAt: deps.clock(),
        endedAt: null,
        message: null,
        sessions: [],
      },
      controller,
      ended: work,
    };
    jobs.set(id, one);
    tell({}, true);
    forgetOld();
    return id;
  }

  function forgetOld(): void {
    const ended = [...jobs.values()].filter(({ job }) => job.state !== 'running');
    for (const { job } of ended.slice(0, -KEPT_JOBS)) jobs.delete(job.id);
  }

  return {
    start,
    list: () => [...jobs.values()].map(({ job }) => job).reverse(),
    cancel: (id) => find(id).controller.abort(),
    wait: async (id) => {
      const one = find(id);
      await one.ended;
      return one.job;
    },
    close: async () => {
      for (const { controller } of jobs.values()) controller.abort();
      await Promise.all([...jobs.values()].map(({ ended }) => ended));
    },
  };
}
