import type { CapturedBackendError } from '../../../../shared/model/captured-backend.ts';
import type { Emit } from '../captured.ts';
import type { Current, Currents } from '../current.ts';
import type { Guard } from '../guard.ts';
import { thrown } from '../privacy/printed.ts';

/** Records errors, each object once: what is thrown passes several places on its way. */
export interface Errors {
  record(kind: CapturedBackendError['kind'], error: unknown, current?: Current): void;
}

/** An error of no request belongs to no session: it is not recorded. */
export function createErrors(emit: Emit, currents: Currents): Errors {
  const known = new WeakSet<object>();
  return {
    record(kind, error, current = currents.get()) {
      if (!current) return;
      if (typeof error === 'object' && error !== null) {
        if (known.has(error)) return;
        known.add(error);
      }
      emit(current.link.session, 'error', { kind, ...thrown(error), request: current.id });
    },
  };
}

/** What watching the process needs. */
export interface ProcessErrorsDeps {
  readonly guard: Guard;
  readonly errors: Errors;
  /** The process is about to end. */
  readonly onFatal: () => void;
}

/**
 * Sees what nobody caught without handling it: a listener for `unhandledRejection` or `uncaughtException` would keep the
 * process from ending, so the telling itself is watched, and the monitor event is used that Node has for this.
 */
export function captureProcessErrors(program: NodeJS.Process, { guard, errors, onFatal }: ProcessErrorsDeps): void {
  guard.patch(program, 'emit', (call, [event, reason]) => {
    if (event === 'unhandledRejection') guard.run(() => errors.record('rejection', reason));
    return call();
  });
  const seen = (error: unknown, origin: string): void => {
    guard.run(() => {
      errors.record(origin === 'unhandledRejection' ? 'rejection' : 'uncaught', error);
      if (program.listenerCount('uncaughtException') === 0) onFatal();
    });
  };
  program.on('uncaughtExceptionMonitor', seen);
  guard.onStop(() => program.off('uncaughtExceptionMonitor', seen));
}
