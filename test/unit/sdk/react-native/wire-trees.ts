import fc from 'fast-check';
import { type Fiber, FiberTag } from '../../../../sdk/react-native/src/wireframe/fiber.ts';
import type { WireNode } from '../../../../sdk/react-native/src/wireframe/wire-node.ts';

/** A fiber as React makes them, with what is below it. */
export interface FiberSpec {
  readonly type: unknown;
  readonly props?: Readonly<Record<string, unknown>>;
  readonly hidden?: boolean;
  readonly children?: readonly (FiberSpec | string)[];
}

/** Builds a chain of fibers from what an app would render. */
export function fibers(specs: readonly (FiberSpec | string)[]): Fiber | null {
  return specs.reduceRight<Fiber | null>((sibling, spec) => {
    const base = { stateNode: null, memoizedState: null, alternate: null, sibling };
    if (typeof spec === 'string') {
      return { ...base, tag: FiberTag.HostText, type: null, memoizedProps: spec, child: null };
    }
    const tag = spec.hidden === undefined ? (typeof spec.type === 'string' ? FiberTag.Host : 0) : FiberTag.Offscreen;
    const memoizedState = spec.hidden ? {} : null;
    const child = fibers(spec.children ?? []);
    return { ...base, memoizedState, tag, type: spec.type, memoizedProps: spec.props ?? {}, child };
  }, null);
}

interface Shape {
  readonly pick: number;
  readonly tag: WireNode['tag'];
  readonly left: number;
  readonly label: string | undefined;
  readonly text: string | null;
  readonly scroll: NonNullable<WireNode['scroll']>;
  readonly children: readonly Shape[];
}

const { shape } = fc.letrec<{ shape: Shape }>((tie) => ({
  shape: fc.record({
    pick: fc.nat(),
    tag: fc.constantFrom('div', 'div', 'div', 'input'),
    left: fc.nat(3),
    label: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }),
    text: fc.option(fc.constantFrom('x', 'y')),
    scroll: fc.record({ x: fc.nat(2), y: fc.nat(2) }),
    children: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constant([]),
      fc.array(tie('shape'), { maxLength: 5 }),
    ),
  }),
}));

/** A screen whose elements have ids of a small pool, each at most once: two of them share, move and lose elements. */
export const screens: fc.Arbitrary<WireNode[]> = fc.array(shape, { maxLength: 5 }).map((shapes) => {
  const free = Array.from({ length: 24 }, (_, i) => 10 + 2 * i);
  const build = (list: readonly Shape[]): WireNode[] =>
    list.flatMap(({ pick, tag, left, label, text, scroll, children }) => {
      const [id] = free.splice(pick % Math.max(1, free.length), 1);
      if (id === undefined) return [];
      const attributes = { style: `left:${left}px`, ...(label ? { 'aria-label': label } : {}) };
      const [box, view] = [{ x: 0, y: 0, width: 0, height: 0 }, {} as WireNode['view']];
      // What scrolls does so for as long as it lives.
      const scrolls = id % 3 === 0 ? scroll : null;
      return [{ id, tag, attributes, text, raw: text, scroll: scrolls, box, view, children: build(children) }];
    });
  return build(shapes);
});
