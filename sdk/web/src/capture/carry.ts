import type { CapturedTimer } from '../../../../shared/model/captured.ts';
import type { Clock } from '../clock.ts';
import type { Scope } from '../scope.ts';
import type { Cause, Causes } from './causes.ts';

/** Longest delay of a timer that an act or an answer starts itself: what it does then is still its doing. */
const MAX_DELAY_MS = 10_000;
/** Longest delay of a timer that a timer starts: debounced searches and spinners, not polling. */
const MAX_CHAINED_MS = 1_000;
/** Age at which a cause is no longer carried on, so that a chain of timers or frames ends. */
const MAX_AGE_MS = 2_000;
/** Messages on the way through one port; more are not followed. */
const MAX_MESSAGES = 1_000;

type Callback = (this: unknown, ...args: unknown[]) => unknown;

/** What carrying causes needs. */
export interface CarryDeps {
  readonly causes: Causes;
  readonly clock: Clock;
}

/** The cause as the task behind a timer has it: of a chain the first timer that waited for something is told. */
const behind = (cause: Cause, timer: CapturedTimer): Cause => ({
  ...cause,
  timer: cause.timer?.delayMs === undefined ? timer : cause.timer,
});

/**
 * Carries the cause over the page's timers, frames and messages, and tells tasks of theirs that nothing led to from those
 * that came just before. Promise continuations need no help: they run in the task that settles their promise.
 */
export function carryCauses(page: Window & typeof globalThis, scope: Scope, { causes, clock }: CarryDeps): void {
  const isYoung = (cause: Cause): boolean => clock.now() - cause.at <= MAX_AGE_MS;

  /** @param mayWait whether a cause is carried over this delay; @param each the age is asked at each run. */
  const carrying = (
    callback: Callback,
    timer: CapturedTimer,
    { mayWait, each }: { readonly mayWait: (cause: Cause) => boolean; readonly each: boolean },
  ): Callback => {
    const cause = causes.current();
    const carried = cause && mayWait(cause) ? behind(cause, timer) : undefined;
    return function (this: unknown, ...rest: unknown[]): unknown {
      if (scope.active) {
        const holds = carried && (!each || isYoung(carried));
        scope.run(() => causes.enter(holds ? { ...carried } : undefined));
      }
      return Reflect.apply(callback, this, rest);
    };
  };
  const wrap = (name: string, make: (callback: Callback, second: unknown) => Callback | undefined): void =>
    scope.patch(page, name, (call, args) => {
      const [callback, ...rest] = args;
      if (typeof callback !== 'function') return call();
      const carried = scope.run(() => make(callback as Callback, rest[0]));
      return carried ? call([carried, ...rest]) : call();
    });

  wrap('setTimeout', (callback, delay) => {
    const delayMs = Math.max(0, Number(delay) || 0);
    const mayWait = (cause: Cause) =>
      cause.timer === undefined ? delayMs <= MAX_DELAY_MS : delayMs <= MAX_CHAINED_MS && isYoung(cause);
    return carrying(callback, { kind: 'timeout', delayMs }, { mayWait, each: false });
  });
  wrap('setInterval', (callback, delay) =>
    carrying(
      callback,
      { kind: 'interval', delayMs: Math.max(0, Number(delay) || 0) },
      { mayWait: isYoung, each: true },
    ),
  );
  wrap('requestAnimationFrame', (callback) => carrying(callback, { kind: 'frame' }, { mayWait: isYoung, each: false }));
  wrap('requestIdleCallback', (callback) => carrying(callback, { kind: 'idle' }, { mayWait: isYoung, each: false }));
  carryOverMessages(page, scope, { causes, clock }, isYoung);
}

/** Schedulers hand work on through a channel of their own: what is posted at one end arrives at the other in order. */
function carryOverMessages(
  page: Window & typeof globalThis,
  scope: Scope,
  { causes }: CarryDeps,
  isYoung: (cause: Cause) => boolean,
): void {
  const arriving = new WeakMap<object, (Cause | undefined)[]>();
  scope.patchClass(page, 'MessageChannel', (instance) => {
    const { port1, port2 } = instance as MessageChannel;
    for (const [from, to] of [
      [port1, port2],
      [port2, port1],
    ] as const) {
      const causesOnTheWay: (Cause | undefined)[] = [];
      arriving.set(from, causesOnTheWay);
      scope.listenWhileItLives(to, 'message', () => {
        const cause = causesOnTheWay.shift();
        causes.enter(cause && isYoung(cause) ? behind(cause, { kind: 'message' }) : undefined);
      });
    }
  });
  scope.patch(page.MessagePort?.prototype, 'postMessage', (call, _args, self) => {
    const result = call();
    const onTheWay = arriving.get(self as object);
    if (onTheWay && onTheWay.length < MAX_MESSAGES) onTheWay.push(causes.current());
    return result;
  });
}
