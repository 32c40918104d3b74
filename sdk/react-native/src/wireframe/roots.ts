import type { FiberRoot } from './fiber.ts';

/** The trees that React shows. */
export interface Roots {
  all(): Iterable<FiberRoot>;
  /** Called after each change of any of them, in React's own time: it must be quick. */
  onCommit: (() => void) | undefined;
}

/** What React tells its developer tools, as far as it is listened to. */
interface Hook {
  onCommitFiberRoot?: (id: unknown, root: FiberRoot, ...rest: unknown[]) => unknown;
  [name: string]: unknown;
}

const NAME = '__REACT_DEVTOOLS_GLOBAL_HOOK__';

/**
 * Listens where React's developer tools do, in release builds too. React looks for them once, when its renderer is loaded:
 * this has to be called before that. Tools that are there already keep hearing everything.
 */
export function watchRoots(app: Record<string, unknown>): Roots {
  const known = new Set<FiberRoot>();
  const roots: Roots = { all: () => known, onCommit: undefined };
  const committed = (root: FiberRoot): void => {
    if (root.current.child) known.add(root);
    else known.delete(root);
    roots.onCommit?.();
  };
  const nothing = (): void => undefined;
  const own = {
    ...{ isDisabled: false, supportsFiber: true, renderers: new Map(), inject: () => 1, checkDCE: nothing },
    ...{ onCommitFiberUnmount: nothing, onPostCommitFiberRoot: nothing, onScheduleFiberRoot: nothing },
  };
  // Where the tools are there already, their property can be read only.
  if (app[NAME] === undefined) app[NAME] = own;
  const hook = app[NAME] as Hook;
  const before = hook.onCommitFiberRoot;
  hook.onCommitFiberRoot = function (this: unknown, id, root, ...rest) {
    committed(root);
    return before?.call(this, id, root, ...rest);
  };
  return roots;
}
