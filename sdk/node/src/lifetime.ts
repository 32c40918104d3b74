import type { Guard } from './guard.ts';

/** What the end of a process needs. */
export interface LifetimeDeps {
  readonly guard: Guard;
  /** Sends what is left, for at most a moment. */
  readonly finish: () => Promise<void>;
  /** Whether something is left that was not tried to be sent. */
  readonly hasMore: () => boolean;
}

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** A process that runs out of work sends what is left before it ends. */
export function finishBeforeExit(program: NodeJS.Process, { guard, finish, hasMore }: LifetimeDeps): void {
  const before = (): void => {
    if (guard.active && hasMore()) void finish();
  };
  program.on('beforeExit', before);
  guard.onStop(() => program.off('beforeExit', before));
}

/** A program that ends itself by `process.exit` leaves no time to send: what is left is written, where there is a spool. */
export function keepAtExit(program: NodeJS.Process, guard: Guard, keep: () => void): void {
  const last = (): void => void guard.run(keep);
  program.on('exit', last);
  guard.onStop(() => program.off('exit', last));
}

/**
 * A signal that ends the process is held up until what is left was sent. Where the program listens itself, it decides when
 * it ends; where it does not, the signal is given again, so that it ends as it would have. The second one ends at once.
 */
export function finishOnSignals(program: NodeJS.Process, { guard, finish }: LifetimeDeps): void {
  for (const signal of SIGNALS) {
    const onSignal = (): void => {
      const isAlone = program.listenerCount(signal) === 1;
      const again = (): void => {
        program.off(signal, onSignal);
        if (isAlone) program.kill(program.pid, signal);
      };
      if (isAlone) program.once(signal, again);
      void finish().finally(() => {
        program.off(signal, again);
        again();
      });
    };
    program.on(signal, onSignal);
    guard.onStop(() => program.off(signal, onSignal));
  }
}
