import type { WireNode } from './wire-node.ts';

/** An element with those around it, the outermost first. */
export type Path = readonly WireNode[];

/** The way to the first element that fits, outermost first; empty when there is none. */
export function pathTo(nodes: readonly WireNode[], fits: (node: WireNode) => boolean): Path {
  for (const node of nodes) {
    if (fits(node)) return [node];
    const inside = pathTo(node.children, fits);
    if (inside.length > 0) return [node, ...inside];
  }
  return [];
}

const contains = ({ box }: WireNode, x: number, y: number): boolean =>
  x >= box.x && y >= box.y && x < box.x + box.width && y < box.y + box.height;

/** What lies under a point, topmost first, each with what is around it. Views that let touches through are not there. */
export function pathsAt(nodes: readonly WireNode[], x: number, y: number, around: Path = []): Path[] {
  const found: Path[] = [];
  for (const node of [...nodes].reverse()) {
    const { kind, style, props } = node.view;
    const through = props.pointerEvents ?? style.pointerEvents;
    if (through === 'none') continue;
    const isInside = contains(node, x, y);
    if (!isInside && (kind === 'ScrollView' || style.overflow === 'hidden')) continue;
    const path = [...around, node];
    if (through !== 'box-only') found.push(...pathsAt(node.children, x, y, path));
    if (isInside && through !== 'box-none') found.push(path);
  }
  return found;
}
