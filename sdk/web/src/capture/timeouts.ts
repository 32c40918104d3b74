import type { Clock } from '../clock.ts';
import type { Scope } from '../scope.ts';
import type { Causes } from './causes.ts';

/** Longest delay over which a cause is carried: debounced searches and spinners, not polling. */
const MAX_DELAY_MS = 1_000;
/** Age at which a cause is no longer carried on, so that a chain of timers ends. */
const MAX_AGE_MS = 2_000;

/** Carries the cause over `setTimeout`: a search started 300 ms after the last key was still caused by typing. */
export function carryOverTimeouts(page: Window, scope: Scope, causes: Causes, clock: Clock): void {
  scope.patch(page, 'setTimeout', (call, args) => {
    const [callback, delay] = args;
    const cause = causes.current();
    if (!cause || typeof callback !== 'function' || Number(delay ?? 0) > MAX_DELAY_MS) return call();
    if (clock.now() - cause.at > MAX_AGE_MS) return call();
    const carried = function (this: unknown, ...rest: unknown[]): unknown {
      if (scope.active) causes.enter({ ...cause });
      return Reflect.apply(callback, this, rest);
    };
    return call([carried, ...args.slice(1)]);
  });
}
