import { type Frame, layOut, type ShadowNode } from './layout.ts';

/** Tells a view's event to React Native. */
export type Dispatch = (handle: unknown, name: string, event: Record<string, unknown>) => void;

/** The views of the phone: what React Native's renderer builds, laid out. */
export interface Screen {
  /** What the renderer calls: `nativeFabricUIManager`. */
  readonly manager: Record<string, unknown>;
  /** What React Native asks about its views: the module `NativeDOMCxx`. */
  readonly dom: Record<string, unknown>;
  /** The view with this `testID`. @throws when there is none. */
  byTestId(id: string): ShadowNode;
  /** Where a view is. @throws when it is not on the screen. */
  frameOf(view: ShadowNode): Frame;
  /** The innermost view that takes touches at a point. */
  at(x: number, y: number): ShadowNode | undefined;
  dispatch: Dispatch;
  scroll(view: ShadowNode, y: number): void;
}

/** A window of a small phone, in points. */
export const WINDOW = { width: 390, height: 844 } as const;

const all = (views: readonly ShadowNode[]): ShadowNode[] => views.flatMap((view) => [view, ...all(view.children)]);

/** The native side of React Native's new architecture, without a phone: its views are plain objects. */
export function createScreen(): Screen {
  let handler: Dispatch = () => undefined;
  let views: readonly ShadowNode[] = [];
  let frames = new Map<number, Frame>();
  const scrolled = new Map<number, number>();
  const relay = (): void => {
    frames = layOut(views, WINDOW, (tag) => scrolled.get(tag) ?? 0);
  };
  const clone = (node: ShadowNode, change: Partial<ShadowNode>): ShadowNode => ({ ...node, ...change });
  const known: Record<string, unknown> = {
    registerEventHandler: (given: Dispatch) => {
      handler = given;
    },
    createNode: (
      tag: number,
      name: string,
      _root: number,
      props: ShadowNode['props'],
      handle: unknown,
    ): ShadowNode => ({
      ...{ tag, name, props, handle, children: [] },
    }),
    cloneNode: (node: ShadowNode) => clone(node, {}),
    cloneNodeWithNewChildren: (node: ShadowNode, children: ShadowNode[] = []) =>
      clone(node, { children: [...children] }),
    cloneNodeWithNewProps: (node: ShadowNode, props: object) => clone(node, { props: { ...node.props, ...props } }),
    cloneNodeWithNewChildrenAndProps: (node: ShadowNode, props: object, more?: object) =>
      clone(node, { children: [], props: { ...node.props, ...props, ...more } }),
    createChildSet: () => [],
    appendChildToSet: (set: ShadowNode[], child: ShadowNode) => void set.push(child),
    appendChild: (parent: ShadowNode, child: ShadowNode) => {
      parent.children.push(child);
      return parent;
    },
    completeRoot: (_root: number, set: readonly ShadowNode[]) => {
      views = set;
      relay();
    },
    measure: ({ tag }: ShadowNode, done: (...numbers: number[]) => void) => {
      const { x = 0, y = 0, width = 0, height = 0 } = frames.get(tag) ?? {};
      done(x, y, width, height, x, y);
    },
  };
  const parentOf = ({ tag }: ShadowNode): ShadowNode | undefined =>
    all(views).find(({ children }) => children.some((child) => child.tag === tag));
  const contains = ({ x, y, width, height }: Frame, atX: number, atY: number): boolean =>
    atX >= x && atY >= y && atX < x + width && atY < y + height;
  const innermost = (list: readonly ShadowNode[], x: number, y: number): ShadowNode | undefined => {
    for (const view of [...list].reverse()) {
      const frame = frames.get(view.tag);
      if (!frame || (/ScrollView$/.test(view.name) && !contains(frame, x, y))) continue;
      const found = innermost(view.children, x, y);
      if (found) return found;
      if (contains(frame, x, y) && view.props.pointerEvents !== 'box-none') return view;
    }
    return undefined;
  };
  return {
    // What else the renderer asks for has no effect here.
    manager: new Proxy(known, { get: (target, name) => target[String(name)] ?? (() => undefined) }),
    dom: {
      getParentNode: (node: ShadowNode) => parentOf(node)?.handle ?? null,
      isConnected: (node: ShadowNode) => all(views).some(({ tag }) => tag === node.tag),
      measure: known.measure,
    },
    byTestId(id) {
      const found = all(views).find(({ props }) => props.testID === id);
      if (!found) throw new Error(`no view ${id} on the screen`);
      return found;
    },
    frameOf({ tag }) {
      const frame = frames.get(tag);
      if (!frame) throw new Error(`view ${tag} is not on the screen`);
      return frame;
    },
    at: (x, y) => innermost(views, x, y),
    dispatch: (handle, name, event) => handler(handle, name, event),
    scroll(view, y) {
      scrolled.set(view.tag, y);
      relay();
      handler(view.handle, 'topScroll', { target: view.tag, contentOffset: { x: 0, y } });
    },
  };
}
