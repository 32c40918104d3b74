import { createContext, runInContext } from 'node:vm';
import type { AppRecorder } from '../../../sdk/react-native/src/options.ts';
import { createModules, type EmitDevice } from './native-modules.ts';
import { createScreen, type Screen } from './native-side.ts';

/** A phone with one app on it, driven as by a finger. What its native side would do is done in this process. */
export interface Phone {
  readonly screen: Screen;
  readonly recorder: AppRecorder;
  /** Presses the middle of a view and lets go. */
  tap(testId: string): Promise<void>;
  type(testId: string, text: string): void;
  drag(testId: string, byY: number): void;
  /** The app goes to the background, or comes back. */
  show(state: 'active' | 'background'): void;
  /** A promise of the app was rejected and nobody listened. */
  reject(reason: unknown): void;
  /** Something of the app threw where nobody catches. */
  fail(error: unknown, isFatal?: boolean): void;
  /** Evaluates in the app. */
  evaluate(script: string): unknown;
  /** The app ends at once, as when the system kills it. */
  kill(): void;
}

/** What is different from phone to phone. */
export interface PhoneOptions {
  /** Of the app with its SDK, see `bundleApp`. */
  readonly bundle: string;
  /** What the app finds as `config`. */
  readonly config: Readonly<Record<string, unknown>>;
  /** What the app writes to its console, each line. */
  readonly onConsole?: (line: string) => void;
}

interface AppGlobals {
  readonly recorder: AppRecorder;
  readonly ErrorUtils: { reportError(error: unknown): void; reportFatalError(error: unknown): void };
}

/** React Native expects this before its own code runs. */
const ERROR_UTILS = `globalThis.window = globalThis.self = globalThis;
let handler;
globalThis.ErrorUtils = {
  setGlobalHandler: (given) => { handler = given; },
  getGlobalHandler: () => handler,
  reportError: (error) => handler?.(error, false),
  reportFatalError: (error) => handler?.(error, true),
  applyWithGuard: (body, self, args) => body.apply(self, args),
  applyWithGuardIfNeeded: (body, self, args) => body.apply(self, args),
  inGuard: () => false,
  guard: (body) => body,
};`;

/** Starts the app. Its globals are its own, as on a phone: nothing of Node's or a browser's is there by chance. */
export function startPhone({ bundle, config, onConsole = () => undefined }: PhoneOptions): Phone {
  const screen = createScreen();
  const callable = new Map<string, () => { emit: EmitDevice }>();
  let isAlive = true;
  const alive =
    <A extends unknown[]>(body: (...args: A) => unknown) =>
    (...args: A): void => {
      if (isAlive) body(...args);
    };
  const emit: EmitDevice = alive((name, ...args) =>
    callable
      .get('RCTDeviceEventEmitter')?.()
      .emit(name, ...args),
  );
  const timers = new Set<NodeJS.Timeout>();
  const later =
    (set: typeof setTimeout) =>
    (body: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => {
      const timer = set(alive(body), ms, ...args);
      timers.add(timer);
      return timer;
    };
  const console_ = Object.fromEntries(
    ['debug', 'log', 'info', 'warn', 'error'].map((level) => [
      level,
      (...args: unknown[]) => onConsole(args.join(' ')),
    ]),
  );
  let onUnhandled: (id: unknown, rejection: unknown) => void = () => undefined;
  const app = createContext({
    ...{ config, console: console_, performance: { now: () => performance.now() }, TextEncoder },
    ...{
      setTimeout: later(setTimeout),
      clearTimeout,
      setInterval: later(setInterval as typeof setTimeout),
      clearInterval,
    },
    setImmediate: (body: () => void) => queueMicrotask(alive(body)),
    clearImmediate: () => undefined,
    requestAnimationFrame: (body: (at: number) => void) => later(setTimeout)(() => body(performance.now()), 16),
    cancelAnimationFrame: clearTimeout,
    queueMicrotask,
    ...{ nativeFabricUIManager: screen.manager, nativeModuleProxy: {}, RN$Bridgeless: true },
    RN$registerCallableModule: (name: string, make: () => { emit: EmitDevice }) => callable.set(name, make),
    __turboModuleProxy: createModules(emit, {
      NativeDOMCxx: screen.dom,
      NativeMicrotasksCxx: { queueMicrotask },
      NativePerformanceCxx: { now: () => performance.now() },
    }),
    HermesInternal: {
      enablePromiseRejectionTracker: (options: { onUnhandled: typeof onUnhandled }) => {
        onUnhandled = options.onUnhandled;
      },
    },
  });
  runInContext(ERROR_UTILS, app);
  runInContext(bundle, app, { filename: 'app.js' });
  const globals = app as unknown as AppGlobals;

  const touch = (x: number, y: number) => ({
    ...{ identifier: 0, pageX: x, pageY: y, locationX: 1, locationY: 1, timestamp: performance.now() },
  });
  /** Sends one event of the one finger, that landed on a view at first. */
  const finger = (
    name: string,
    target: ReturnType<Screen['byTestId']>,
    x: number,
    y: number,
    isDown: boolean,
  ): void => {
    const one = { ...touch(x, y), target: target.tag };
    screen.dispatch(target.handle, name, { ...one, touches: isDown ? [one] : [], changedTouches: [one] });
  };
  const middle = (testId: string) => {
    const { x, y, width, height } = screen.frameOf(screen.byTestId(testId));
    return { x: x + width / 2, y: y + height / 2 };
  };
  const under = (x: number, y: number, testId: string) => screen.at(x, y) ?? screen.byTestId(testId);

  return {
    screen,
    get recorder() {
      return globals.recorder;
    },
    async tap(testId) {
      const { x, y } = middle(testId);
      const target = under(x, y, testId);
      finger('topTouchStart', target, x, y, true);
      await new Promise((done) => setTimeout(done, 20));
      finger('topTouchEnd', target, x, y, false);
    },
    type(testId, text) {
      const field = screen.byTestId(testId);
      screen.dispatch(field.handle, 'topFocus', { target: field.tag });
      for (let i = 1; i <= text.length; i++) {
        const event = { target: field.tag, text: text.slice(0, i), eventCount: i };
        screen.dispatch(field.handle, 'topChange', event);
      }
      screen.dispatch(field.handle, 'topSubmitEditing', { target: field.tag, text });
      screen.dispatch(field.handle, 'topBlur', { target: field.tag });
    },
    drag(testId, byY) {
      const { x, y } = middle(testId);
      const target = under(x, y, testId);
      finger('topTouchStart', target, x, y, true);
      for (let step = 1; step <= 4; step++) finger('topTouchMove', target, x, y + (byY * step) / 4, true);
      screen.scroll(screen.byTestId(testId), Math.max(0, -byY));
      finger('topTouchEnd', target, x, y + byY, false);
    },
    show: (state) => emit('appStateDidChange', { app_state: state }),
    reject: (reason) => onUnhandled(1, reason),
    fail: (error, isFatal = false) =>
      isFatal ? globals.ErrorUtils.reportFatalError(error) : globals.ErrorUtils.reportError(error),
    evaluate: (script) => runInContext(script, app),
    kill() {
      isAlive = false;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
