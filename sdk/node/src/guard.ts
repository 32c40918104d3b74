import { createGuardedRun } from '../../web/src/run-guarded.ts';

/** Keeps what goes wrong in the SDK from the program it is a guest of, and undoes its hooks. */
export interface Guard {
  readonly active: boolean;
  /** Runs our own code. What it throws is reported once, not thrown. */
  run<T>(body: () => T): T | undefined;
  /** Puts a stand-in for a method until `stop`: it must call `call` exactly once and give back what that gives. */
  patch(owner: object, name: string, around: (call: () => unknown, args: readonly unknown[]) => unknown): void;
  onStop(undo: () => void): void;
  stop(): void;
}

type Method = (...args: unknown[]) => unknown;

/** @param report is told each distinct failure once. */
export function createGuard(report: (message: string) => void): Guard {
  const undos: (() => void)[] = [];
  let active = true;
  const run = createGuardedRun(report);
  return {
    get active() {
      return active;
    },
    run,
    patch(owner, name, around) {
      const before = Object.getOwnPropertyDescriptor(owner, name);
      const native: unknown = Reflect.get(owner, name);
      if (typeof native !== 'function' || (before && !before.configurable)) return;
      const wrapped = new Proxy(native as Method, {
        apply(target, self, args: unknown[]) {
          const call = (): unknown => Reflect.apply(target, self, args);
          return active ? around(call, args) : call();
        },
      });
      Object.defineProperty(owner, name, {
        ...(before ?? { enumerable: false }),
        value: wrapped,
        writable: true,
        configurable: true,
      });
      undos.push(() => {
        // Somebody may have wrapped ours meanwhile: then it stays and passes every call through.
        if (Reflect.get(owner, name) !== wrapped) return;
        if (before) Object.defineProperty(owner, name, before);
        else Reflect.deleteProperty(owner, name);
      });
    },
    onStop: (undo) => void undos.push(undo),
    stop() {
      if (!active) return;
      active = false;
      for (const undo of undos.reverse()) run(undo);
      undos.length = 0;
    },
  };
}
