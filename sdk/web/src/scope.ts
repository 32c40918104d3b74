import { createGuardedRun } from './run-guarded.ts';

/**
 * Runs around a call of a wrapped function. `call()` runs the page's function with the page's arguments (or others) and must
 * be called exactly once; what it returns or throws is the page's.
 */
export type Around = (call: (args?: readonly unknown[]) => unknown, args: readonly unknown[], self: unknown) => unknown;

/** The life of one recorder in the page: what it hooked is undone by `stop`, what it gets wrong never reaches the page. */
export interface Scope {
  readonly active: boolean;
  /** Runs our own code. What it throws is reported, not thrown. */
  run<T>(body: () => T): T | undefined;
  listen<E extends Event>(target: EventTarget, type: string, handler: (event: E) => void): void;
  /** The same on an object that goes away by itself: it is not kept for `stop`, after which the handler is only silent. */
  listenWhileItLives<E extends Event>(target: EventTarget, type: string, handler: (event: E) => void): void;
  /**
   * Wraps a function of the page in a proxy, so that name, length, properties, `this` and errors stay as they were.
   * @param owner the object that holds it; nothing happens when it does not.
   */
  patch(owner: object | undefined, name: string, around: Around): void;
  /** Wraps a class of the page in the same way; its instances are the browser's own. @param made is shown each new instance. */
  patchClass(owner: object, name: string, made: (instance: object) => void): void;
  onStop(undo: () => void): void;
  stop(): void;
}

/** @param report is told each distinct failure of ours once. */
export function createScope(report: (message: string) => void): Scope {
  const undos: (() => void)[] = [];
  let active = true;

  const run = createGuardedRun(report);

  const add = <E extends Event>(target: EventTarget, type: string, handler: (event: E) => void): (() => void) => {
    const guarded = (event: Event) => {
      if (active) run(() => handler(event as E));
    };
    const options = { capture: true, passive: true };
    target.addEventListener(type, guarded, options);
    return () => target.removeEventListener(type, guarded, options);
  };

  type Native = ((...args: unknown[]) => unknown) & { prototype: object };
  /** Puts a stand-in in the place of a function until `stop`: a proxy with the given traps, or a given function. */
  const put = (
    owner: object | undefined,
    name: string,
    make: (native: Native) => ProxyHandler<Native> | Native,
  ): Native | undefined => {
    if (!owner) return undefined;
    const before = Object.getOwnPropertyDescriptor(owner, name);
    const native = Reflect.get(owner, name) as Native;
    if (typeof native !== 'function' || (before && !before.configurable)) return undefined;
    const made = make(native);
    const wrapped = typeof made === 'function' ? made : new Proxy(native, made);
    const { enumerable = true } = before ?? {};
    Object.defineProperty(owner, name, { value: wrapped, writable: true, configurable: true, enumerable });
    undos.push(() => {
      // Someone may have wrapped ours in the meantime: then it stays where it is and passes every call through.
      if (Reflect.get(owner, name) !== wrapped) return;
      if (before) Object.defineProperty(owner, name, before);
      else Reflect.deleteProperty(owner, name);
    });
    return wrapped;
  };

  return {
    get active() {
      return active;
    },
    run,
    listen: (target, type, handler) => undos.push(add(target, type, handler)),
    listenWhileItLives: (target, type, handler) => void add(target, type, handler),
    patch(owner, name, around) {
      put(owner, name, () => ({
        apply(target, self, args: unknown[]) {
          const call = (changed: readonly unknown[] = args) => Reflect.apply(target, self, changed);
          return active ? around(call, args, self) : call();
        },
      }));
    },
    patchClass(owner, name, made) {
      const wrapped = put(owner, name, () => ({
        construct(target, args, newTarget) {
          const instance: object = Reflect.construct(target, args, newTarget === wrapped ? target : newTarget);
          if (active) run(() => made(instance));
          return instance;
        },
      }));
      // An instance's `constructor` must be what the page finds under the name.
      if (wrapped) put(wrapped.prototype, 'constructor', () => wrapped);
    },
    onStop: (undo) => undos.push(undo),
    stop() {
      if (!active) return;
      active = false;
      for (const undo of undos.reverse()) run(undo);
      undos.length = 0;
    },
  };
}
