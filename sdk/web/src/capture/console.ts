import type { CapturedConsole } from '../../../../shared/model/captured.ts';
import type { Emit } from '../captured.ts';
import type { Clock } from '../clock.ts';
import type { Scope } from '../scope.ts';
import { type Causes, causeFields } from './causes.ts';
import { preview, stackOf } from './preview.ts';

const LEVELS: readonly CapturedConsole['level'][] = ['debug', 'log', 'info', 'warn', 'error'];
const MAX_ARGS = 20;
/** A page that logs in a loop must not fill the recording: so many calls a second are kept. */
const MAX_PER_SECOND = 50;

/** Records the five ordinary levels of the console. */
export function captureConsole(
  page: Window & typeof globalThis,
  scope: Scope,
  { emit, clock, causes }: { readonly emit: Emit; readonly clock: Clock; readonly causes: Causes },
): void {
  let second = 0;
  let calls = 0;
  let inside = false;

  const record = (level: CapturedConsole['level'], args: readonly unknown[]): void => {
    const now = Math.floor(clock.now() / 1000);
    if (now !== second && calls > MAX_PER_SECOND) {
      emit('console', { level: 'debug', args: [`${calls - MAX_PER_SECOND} more console calls were not recorded`] });
    }
    if (now !== second) calls = 0;
    second = now;
    if (++calls > MAX_PER_SECOND) return;
    const stack = args.map(stackOf).find((found) => found !== undefined);
    emit('console', {
      level,
      args: args.slice(0, MAX_ARGS).map(preview),
      ...(stack ? { stack } : {}),
      ...causeFields(args.map(causes.behind).find((known) => known !== undefined) ?? causes.current()),
    });
  };

  for (const level of LEVELS) {
    scope.patch(page.console, level, (call, args) => {
      if (!inside) {
        inside = true;
        scope.run(() => record(level, args));
        inside = false;
      }
      return call();
    });
  }
}
