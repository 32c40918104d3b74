import { maskText, scrub } from '../../../web/src/privacy/text.ts';
import { isInteractive, roleOf, type SeenView } from './seen-view.ts';
import { borderOf, looksOf } from './style.ts';
import type { Box, WireNode } from './wire-node.ts';

/** Where the layout put a view; undefined when it is not on the screen (any more). */
export type BoxOf = (view: SeenView) => Box | undefined;

const rounded = (value: number): number => Math.round(value * 10) / 10;
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Whether a view says that it cannot be used. */
export const isDisabled = ({ props }: SeenView): boolean => {
  const state = props.accessibilityState as { readonly disabled?: unknown } | null | undefined;
  return (
    props.disabled === true || props['aria-disabled'] === true || state?.disabled === true || props.editable === false
  );
};

/** What a person hears in place of a view. */
export const labelOf = ({ props }: SeenView): string | undefined =>
  text(props['aria-label']) ?? text(props.accessibilityLabel) ?? text(props.alt);

function attributesOf(view: SeenView, style: string): Record<string, string> {
  const { kind, props, privacy } = view;
  const shown = (value: string | undefined): string | undefined =>
    value === undefined || privacy.mask === 'open' ? value : maskText(value);
  const testId = text(props.testID);
  const role = roleOf(props);
  const known = {
    'data-view': privacy.blocked ? 'Blocked' : kind,
    style,
    'data-testid': testId && scrub(testId),
    role: role ?? (kind === 'View' && isInteractive(kind, props) ? 'button' : undefined),
    'aria-label': privacy.blocked ? undefined : shown(labelOf(view)),
    'aria-disabled': isDisabled(view) ? 'true' : undefined,
    placeholder: kind === 'TextInput' && !privacy.blocked ? shown(text(props.placeholder)) : undefined,
  };
  return Object.fromEntries(Object.entries(known).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

const tagOf = ({ kind, props, privacy }: SeenView): WireNode['tag'] => {
  if (kind !== 'TextInput' || privacy.blocked) return 'div';
  return props.multiline === true ? 'textarea' : 'input';
};

/**
 * Places what was seen: each element relative to the one around it, so that what scrolls or moves as a whole is one change.
 * What was not measured is left out with all that is in it.
 */
export function buildTree(views: readonly SeenView[], boxOf: BoxOf, idOf: (view: SeenView) => number): WireNode[] {
  /** @param origin the corner from which the inside of the surrounding element counts. */
  const place = (view: SeenView, origin: { readonly x: number; readonly y: number }): WireNode[] => {
    const box = boxOf(view);
    if (!box) return [];
    const { kind, style, props, privacy } = view;
    const border = borderOf(style);
    const inside = { x: box.x + border.left, y: box.y + border.top };
    const content = kind === 'ScrollView' ? view.children[0] && boxOf(view.children[0]) : undefined;
    const scroll = kind === 'ScrollView' && {
      x: Math.max(0, rounded(inside.x - (content?.x ?? inside.x))),
      y: Math.max(0, rounded(inside.y - (content?.y ?? inside.y))),
    };
    const from = scroll ? { x: inside.x - scroll.x, y: inside.y - scroll.y } : inside;
    const where = `left:${rounded(box.x - origin.x)}px;top:${rounded(box.y - origin.y)}px`;
    const size = `width:${rounded(box.width)}px;height:${rounded(box.height)}px`;
    const lines = props.numberOfLines === 1 ? ['white-space:pre', 'text-overflow:ellipsis'] : [];
    const looks = privacy.blocked ? [] : looksOf(style, kind === 'Text' || kind === 'TextInput');
    return [
      {
        id: idOf(view),
        tag: tagOf(view),
        attributes: attributesOf(view, [where, size, ...looks, ...lines].join(';')),
        text: view.text?.shown ?? null,
        raw: view.text?.raw ?? null,
        scroll: scroll || null,
        box,
        view,
        children: view.children.flatMap((child) => place(child, from)),
      },
    ];
  };
  return views.flatMap((view) => place(view, { x: 0, y: 0 }));
}
