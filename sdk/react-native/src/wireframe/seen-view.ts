import { maskText } from '../../../web/src/privacy/text.ts';
import { DEFAULT_PRIVACY, type Privacy, privacyInside } from '../privacy/marks.ts';
import { type Fiber, type FiberRoot, FiberTag } from './fiber.ts';
import { flattenStyle, isDrawn, type Style } from './style.ts';

/** What a native view is, as far as it is drawn differently. */
export type ViewKind = 'View' | 'Text' | 'Image' | 'TextInput' | 'ScrollView' | 'Switch' | 'WebView';

/** What a view says of itself. */
export type Props = Readonly<Record<string, unknown>>;

/** One view that can be seen, before it is known where. */
export interface SeenView {
  readonly fiber: Fiber;
  readonly kind: ViewKind;
  readonly props: Props;
  readonly style: Style;
  readonly privacy: Privacy;
  /** Of a `Text`: as it is (kept in memory only, to see that it changed), and as it may be recorded. */
  readonly text: { readonly raw: string; readonly shown: string } | null;
  readonly children: readonly SeenView[];
}

/** The views on the screen, and whether there were more than are looked at. */
export interface SeenViews {
  readonly views: readonly SeenView[];
  readonly count: number;
  readonly isCut: boolean;
}

/** More views than this on one screen are a list without an end: the rest is left out. */
export const MAX_VIEWS = 2_000;
/** React's own components nest too: so many fibers are looked at to find those views. */
const MAX_FIBERS = 40_000;
const MAX_DEPTH = 400;
const MAX_TEXT = 5_000;

function kindOf(host: string): ViewKind {
  if (/TextInput/.test(host)) return 'TextInput';
  if (/^RCT(?:Selectable|Virtual)?Text$/.test(host)) return 'Text';
  if (/ScrollView$/.test(host)) return 'ScrollView';
  if (/Image/.test(host)) return 'Image';
  if (/Switch$/.test(host)) return 'Switch';
  return /WebView$/.test(host) ? 'WebView' : 'View';
}

const propsOf = ({ memoizedProps }: Fiber): Props =>
  typeof memoizedProps === 'object' && memoizedProps !== null ? (memoizedProps as Props) : {};

/** Roles on which a person expects something to happen. */
const ACTIVE_ROLES = new Set(
  'button link checkbox radio switch tab menuitem togglebutton imagebutton combobox search adjustable'.split(' '),
);

/** What a view says its role is. */
export const roleOf = ({ role, accessibilityRole }: Props): string | undefined => {
  const said = role ?? accessibilityRole;
  return typeof said === 'string' && said !== 'none' ? said : undefined;
};

/** Whether a person would expect something to happen on a touch: what can be pressed says so by its handlers or its role. */
export const isInteractive = (kind: ViewKind, props: Props): boolean =>
  kind === 'TextInput' ||
  kind === 'Switch' ||
  typeof props.onClick === 'function' ||
  props.isPressable === true ||
  ACTIVE_ROLES.has(roleOf(props) ?? '');

/** Views that only place others are not worth a box of their own. */
const isBox = (view: SeenView): boolean =>
  view.kind !== 'View' ||
  view.privacy.blocked ||
  isDrawn(view.style) ||
  typeof view.props.testID === 'string' ||
  typeof view.props.accessibilityLabel === 'string' ||
  roleOf(view.props) !== undefined ||
  isInteractive(view.kind, view.props);

/** Reads what is on the screen from React's trees. Pure and bounded; the trees are not changed. */
export function seeViews(roots: Iterable<FiberRoot>): SeenViews {
  let fibers = 0;
  let count = 0;
  let isCut = false;

  /** @param pieces of the text that is being read, null outside of one. */
  type Pieces = { raw: string; shown: string };
  const read = (first: Fiber | null, privacy: Privacy, pieces: Pieces | null, depth: number, inScroll: boolean) => {
    const found: SeenView[] = [];
    for (let fiber = first; fiber; fiber = fiber.sibling) {
      fibers += 1;
      if (fibers > MAX_FIBERS || count >= MAX_VIEWS || depth > MAX_DEPTH) {
        isCut = true;
        break;
      }
      if (fiber.tag === FiberTag.Offscreen && fiber.memoizedState !== null) continue;
      if (fiber.tag === FiberTag.HostText) {
        if (pieces && typeof fiber.memoizedProps === 'string') addText(pieces, fiber.memoizedProps, privacy);
      } else if (fiber.tag === FiberTag.Host && typeof fiber.type === 'string') {
        found.push(...view(fiber, fiber.type, privacy, pieces, depth, inScroll));
      } else {
        found.push(...read(fiber.child, privacyInside(privacy, fiber.type), pieces, depth + 1, inScroll));
      }
    }
    return found;
  };

  const view = (
    fiber: Fiber,
    host: string,
    privacy: Privacy,
    pieces: Pieces | null,
    depth: number,
    inScroll: boolean,
  ): SeenView[] => {
    const props = propsOf(fiber);
    const style = flattenStyle(props.style);
    if (style.display === 'none') return [];
    const kind = kindOf(host);
    // A text inside a text is a part of it.
    if (kind === 'Text' && pieces) return read(fiber.child, privacy, pieces, depth + 1, false);
    const own: Pieces | null = kind === 'Text' ? { raw: '', shown: '' } : null;
    count += 1;
    // What is inside of a field is what was entered.
    const isClosed = privacy.blocked || kind === 'TextInput';
    const children = isClosed ? [] : read(fiber.child, privacy, own, depth + 1, kind === 'ScrollView');
    const seen: SeenView = { fiber, kind, props, style, privacy, text: own, children };
    if (inScroll || isBox(seen)) return [seen];
    count -= 1;
    return children;
  };

  const views = [...roots].flatMap((root) => read(root.current.child, DEFAULT_PRIVACY, null, 0, false));
  return { views, count, isCut };
}

function addText(pieces: { raw: string; shown: string }, text: string, { mask, blocked }: Privacy): void {
  if (blocked || pieces.raw.length > MAX_TEXT) return;
  pieces.raw += text;
  pieces.shown += mask === 'open' ? text : maskText(text);
}
