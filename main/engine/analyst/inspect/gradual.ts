import { AppError } from '../../../../shared/lib/app-error.ts';

/** Something that takes long to make, made piece by piece while somebody waits for it. */
export interface Gradual<T> {
  /** @throws AppError `cancelled` when `signal` says so before it is ready; what was made until then is kept. */
  get(signal: AbortSignal): Promise<T>;
}

/** @param make does a piece at each step and returns the whole at the end. Between pieces others get their turn. */
export function createGradual<T>(make: Generator<void, T>): Gradual<T> {
  interface Waiter {
    readonly done: (value: T) => void;
    readonly failed: (error: unknown) => void;
  }
  const waiters = new Set<Waiter>();
  let ready: { readonly value: T } | null = null;
  let running = false;

  async function run(): Promise<void> {
    running = true;
    try {
      while (waiters.size > 0 && !ready) {
        const step = make.next();
        if (step.done) ready = { value: step.value };
        else await new Promise((turn) => setImmediate(turn));
      }
      if (ready) for (const waiter of waiters) waiter.done(ready.value);
    } catch (error) {
      for (const waiter of waiters) waiter.failed(error);
    } finally {
      running = false;
    }
  }

  return {
    get: (signal) => {
      if (ready) return Promise.resolve(ready.value);
      return new Promise<T>((resolve, reject) => {
        const leave = (): void => {
          waiters.delete(waiter);
          signal.removeEventListener('abort', cancel);
        };
        const cancel = (): void => {
          leave();
          reject(new AppError('cancelled', 'The recording is not looked at any more.'));
        };
        const waiter: Waiter = {
          done: (value) => {
            leave();
            resolve(value);
          },
          failed: (error) => {
            leave();
            reject(error instanceof Error ? error : new AppError('internal', String(error)));
          },
        };
        if (signal.aborted) return cancel();
        waiters.add(waiter);
        signal.addEventListener('abort', cancel, { once: true });
        if (!running) void run();
      });
    },
  };
}
