import type { Fiber } from './fiber.ts';
import type { Box } from './wire-node.ts';

/** The part of the new architecture's native side that is used: it answers at once. */
export interface FabricUiManager {
  measure(
    node: unknown,
    done: (x: number, y: number, width: number, height: number, pageX: number, pageY: number) => void,
  ): void;
}

interface HostInstance {
  readonly node?: unknown;
  readonly canonical?: { readonly nativeTag?: unknown };
}

const instanceOf = ({ stateNode }: Fiber): HostInstance =>
  typeof stateNode === 'object' && stateNode !== null ? stateNode : {};

/** The number that native events name a view by; undefined on what is no native view. */
export const nativeTagOf = (fiber: Fiber): unknown => instanceOf(fiber).canonical?.nativeTag;

/** Where the layout put a native view, in points of the window. */
export function measure(manager: FabricUiManager, fiber: Fiber): Box | undefined {
  const { node } = instanceOf(fiber);
  if (node === undefined || node === null) return undefined;
  let box: Box | undefined;
  manager.measure(node, (_x, _y, width, height, x, y) => {
    if ([x, y, width, height].every(Number.isFinite)) box = { x, y, width, height };
  });
  return box;
}
