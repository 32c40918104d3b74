import type { CapturedBackendLog } from '../../../../shared/model/captured-backend.ts';
import type { Emit } from '../captured.ts';
import type { Currents } from '../current.ts';
import type { Guard } from '../guard.ts';
import { printed, stackOf } from '../privacy/printed.ts';

/** Records what is logged while a request is handled. */
export interface Logs {
  /** `log` is only called when it is going to be kept. */
  record(log: () => Omit<CapturedBackendLog, 'request'> | undefined): void;
}

/** A request that logs in a loop must not fill the recording. */
const MAX_PER_REQUEST = 200;

/** What is logged for no request belongs to no session: it is not recorded. */
export function createLogs(emit: Emit, currents: Currents): Logs {
  return {
    record(log) {
      const current = currents.get();
      if (!current || current.logs > MAX_PER_REQUEST) return;
      if (current.logs++ === MAX_PER_REQUEST) {
        const message = `more than ${MAX_PER_REQUEST} lines of this request: the rest was not recorded`;
        emit(current.link.session, 'log', { level: 'warn', message, logger: 'traceflow', request: current.id });
        return;
      }
      const told = log();
      if (told) emit(current.link.session, 'log', { ...told, request: current.id });
    },
  };
}

const LEVELS = { debug: 'debug', log: 'info', info: 'info', warn: 'warn', error: 'error', trace: 'debug' } as const;

/** Records the ordinary levels of the console. */
export function captureConsole(console: Console, guard: Guard, logs: Logs): void {
  let inside = false;
  for (const [name, level] of Object.entries(LEVELS)) {
    guard.patch(console, name, (call, args) => {
      if (!inside) {
        // What printing an object writes itself is not another line.
        inside = true;
        guard.run(() =>
          logs.record(() => {
            const stack = args.map(stackOf).find((found) => found !== undefined);
            return { level, message: printed(args), logger: 'console', ...(stack ? { stack } : {}) };
          }),
        );
        inside = false;
      }
      return call();
    });
  }
}
