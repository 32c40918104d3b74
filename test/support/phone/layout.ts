import Yoga, {
  Align,
  Edge,
  FlexDirection,
  Gutter,
  Justify,
  MeasureMode,
  Overflow,
  PositionType,
  Wrap,
  type Node as YogaNode,
} from 'yoga-layout';

/** A view as React Native's renderer hands it to the native side. */
export interface ShadowNode {
  readonly tag: number;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly handle: unknown;
  readonly children: ShadowNode[];
}

/** Where a view is on the screen. */
export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

type Size = number | 'auto' | `${number}%`;
const EDGES: Readonly<Record<string, Edge>> = {
  ...{ '': Edge.All, Left: Edge.Left, Top: Edge.Top, Right: Edge.Right, Bottom: Edge.Bottom },
  ...{ Horizontal: Edge.Horizontal, Vertical: Edge.Vertical },
};
const ALIGN: Readonly<Record<string, Align>> = {
  ...{ 'flex-start': Align.FlexStart, center: Align.Center, 'flex-end': Align.FlexEnd, stretch: Align.Stretch },
};
const JUSTIFY: Readonly<Record<string, Justify>> = {
  ...{ 'flex-start': Justify.FlexStart, center: Justify.Center, 'flex-end': Justify.FlexEnd },
  'space-between': Justify.SpaceBetween,
};

/** What a text takes, roughly as a phone would: letters of half their height, wrapped at spaces nowhere. */
const LETTER = 0.5;
const LINE = 1.2;

const isText = (name: string): boolean => name === 'RCTText';
const isPartOfText = (name: string): boolean => name === 'RCTRawText' || name === 'RCTVirtualText';

const textOf = ({ props, children }: ShadowNode): string => `${props.text ?? ''}${children.map(textOf).join('')}`;

function apply(node: YogaNode, props: ShadowNode['props']): void {
  const size = (name: string): Size | undefined => props[name] as Size | undefined;
  const each = (prefix: string, suffix: string, set: (edge: Edge, value: Size) => void): void => {
    for (const [edge, number] of Object.entries(EDGES)) {
      const value = size(`${prefix}${edge}${suffix}`);
      if (value !== undefined) set(number, value);
    }
  };
  node.setWidth(size('width'));
  node.setHeight(size('height'));
  node.setMinHeight(size('minHeight') as number | undefined);
  if (typeof props.flex === 'number') {
    node.setFlexGrow(props.flex);
    node.setFlexShrink(1);
    node.setFlexBasis(0);
  }
  if (typeof props.flexGrow === 'number') node.setFlexGrow(props.flexGrow);
  if (typeof props.flexShrink === 'number') node.setFlexShrink(props.flexShrink);
  if (props.flexDirection === 'row') node.setFlexDirection(FlexDirection.Row);
  if (props.flexWrap === 'wrap') node.setFlexWrap(Wrap.Wrap);
  if (props.alignItems) node.setAlignItems(ALIGN[String(props.alignItems)] ?? Align.Stretch);
  if (props.alignSelf) node.setAlignSelf(ALIGN[String(props.alignSelf)] ?? Align.Auto);
  if (props.justifyContent) node.setJustifyContent(JUSTIFY[String(props.justifyContent)] ?? Justify.FlexStart);
  if (typeof props.gap === 'number') node.setGap(Gutter.All, props.gap);
  if (props.position === 'absolute') node.setPositionType(PositionType.Absolute);
  if (props.overflow === 'scroll') node.setOverflow(Overflow.Scroll);
  each('padding', '', (edge, value) => node.setPadding(edge, value as number));
  each('margin', '', (edge, value) => node.setMargin(edge, value));
  each('border', 'Width', (edge, value) => node.setBorder(edge, value as number));
  for (const [name, edge] of Object.entries({
    left: Edge.Left,
    top: Edge.Top,
    right: Edge.Right,
    bottom: Edge.Bottom,
  })) {
    const value = size(name);
    if (value !== undefined) node.setPosition(edge, value as number);
  }
}

function yogaOf(shadow: ShadowNode, of: Map<ShadowNode, YogaNode>): YogaNode {
  const node = Yoga.Node.create();
  of.set(shadow, node);
  apply(node, shadow.props);
  if (isText(shadow.name) || /TextInput/.test(shadow.name)) {
    const font = typeof shadow.props.fontSize === 'number' ? shadow.props.fontSize : 14;
    const wanted = Math.max(1, textOf(shadow).length) * font * LETTER;
    node.setMeasureFunc((width, mode) => {
      const available = mode === MeasureMode.Undefined ? wanted : width;
      const lines = Math.max(1, Math.ceil(wanted / Math.max(1, available)));
      return { width: Math.min(wanted, available), height: lines * font * LINE };
    });
    return node;
  }
  for (const child of shadow.children.filter(({ name }) => !isPartOfText(name))) {
    node.insertChild(yogaOf(child, of), node.getChildCount());
  }
  return node;
}

/**
 * Lays views out as a phone does, by the same engine. @param scrolled how far the content of a scroll view was moved.
 * @returns places by the number of the view.
 */
export function layOut(
  views: readonly ShadowNode[],
  window: { readonly width: number; readonly height: number },
  scrolled: (tag: number) => number,
): Map<number, Frame> {
  const of = new Map<ShadowNode, YogaNode>();
  const root = Yoga.Node.create();
  root.setWidth(window.width);
  root.setHeight(window.height);
  for (const [i, view] of views.entries()) root.insertChild(yogaOf(view, of), i);
  root.calculateLayout(window.width, window.height);
  const frames = new Map<number, Frame>();
  const read = (list: readonly ShadowNode[], x: number, y: number): void => {
    for (const view of list) {
      const layout = of.get(view)?.getComputedLayout();
      if (!layout) continue;
      const frame = { x: x + layout.left, y: y + layout.top, width: layout.width, height: layout.height };
      frames.set(view.tag, frame);
      read(view.children, frame.x, frame.y - scrolled(view.tag));
    }
  };
  read(views, 0, 0);
  root.freeRecursive();
  return frames;
}
