import { type Causes, causeFields } from '../../../web/src/capture/causes.ts';
import { describeThrown } from '../../../web/src/capture/errors.ts';
import type { Emit } from '../../../web/src/captured.ts';
import type { Scope } from '../../../web/src/scope.ts';

/** React Native's last resort for what nobody caught. */
export interface ErrorUtils {
  getGlobalHandler(): ((error: unknown, isFatal?: boolean) => void) | null | undefined;
  setGlobalHandler(handler: (error: unknown, isFatal?: boolean) => void): void;
}

/** The part of Hermes that knows of rejected promises. */
export interface Hermes {
  enablePromiseRejectionTracker?(options: {
    readonly allRejections: boolean;
    readonly onUnhandled: (id: unknown, rejection: unknown) => void;
  }): void;
}

/** What recording failures needs. */
export interface FailuresDeps {
  readonly emit: Emit;
  readonly causes: Causes;
  readonly errorUtils: ErrorUtils | undefined;
  /** Absent where the app's own tools follow rejections. */
  readonly hermes: Hermes | undefined;
  /** The app is about to end. */
  readonly onFatal: () => void;
}

/** Records uncaught errors and, in Hermes, unhandled rejections. The handler of errors from before is called as before; Hermes has
 * room for one tracker of rejections only: another one is replaced. */
export function captureFailures(scope: Scope, { emit, causes, errorUtils, hermes, onFatal }: FailuresDeps): void {
  if (errorUtils) {
    const before = errorUtils.getGlobalHandler();
    const ours = (error: unknown, isFatal?: boolean): void => {
      if (scope.active) {
        scope.run(() => {
          const cause = causes.behind(error) ?? causes.current();
          emit('error', { kind: 'error', ...describeThrown(error), ...causeFields(cause) });
          if (isFatal) onFatal();
        });
      }
      before?.(error, isFatal);
    };
    errorUtils.setGlobalHandler(ours);
    scope.onStop(() => {
      if (before && errorUtils.getGlobalHandler() === ours) errorUtils.setGlobalHandler(before);
    });
  }
  hermes?.enablePromiseRejectionTracker?.({
    allRejections: true,
    onUnhandled(_id, rejection) {
      if (!scope.active) return;
      scope.run(() => {
        emit('error', { kind: 'rejection', ...describeThrown(rejection), ...causeFields(causes.behind(rejection)) });
      });
    },
  });
}
