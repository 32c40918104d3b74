/**
 * The part of React's tree that is read here. React keeps two fibers for each thing on the screen, which take turns
 * (`alternate`); its developer tools read the same fields.
 */
export interface Fiber {
  readonly tag: number;
  /** A component's function, or the name of a native view (`RCTText`). */
  readonly type: unknown;
  readonly stateNode: unknown;
  /** Of a text: the text itself. */
  readonly memoizedProps: unknown;
  readonly memoizedState: unknown;
  readonly child: Fiber | null;
  readonly sibling: Fiber | null;
  readonly alternate: Fiber | null;
}

/** One tree on the screen. */
export interface FiberRoot {
  readonly current: Fiber;
}

/** React's numbers for what a fiber is. */
export const FiberTag = { Host: 5, HostText: 6, Offscreen: 22 } as const;

/** Numbers for fibers: the same for both that take turns, and kept for as long as React keeps them. */
export interface FiberIds {
  of(fiber: Fiber): number;
}

/** @param first the first number given. @param step numbers that each fiber takes. */
export function createFiberIds(first: number, step: number): FiberIds {
  const known = new WeakMap<Fiber, number>();
  let next = first;
  return {
    of(fiber) {
      const { alternate } = fiber;
      let id = known.get(fiber) ?? (alternate ? known.get(alternate) : undefined);
      if (id === undefined) {
        id = next;
        next += step;
      }
      known.set(fiber, id);
      if (alternate) known.set(alternate, id);
      return id;
    },
  };
}
