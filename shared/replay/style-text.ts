import { type Attributes, type FlatNode, NodeKind } from './page-change.ts';
import type { Tree } from './tree.ts';

/** rrweb marks with this where the css of one style element was cut into text nodes. */
const SPLIT = '/* rr_split */';

/**
 * rrweb records a style element's css once, on the element; it belongs into the element's text nodes, where later
 * mutations change it. @returns, by position in `nodes`, what differs from what was recorded.
 */
export function splitStyleText(nodes: readonly FlatNode[]): Map<number, { attributes: Attributes; text: string }> {
  const changed = new Map<number, { attributes: Attributes; text: string }>();
  const textsOf = new Map<number, number[]>();
  nodes.forEach((node, at) => {
    if (node.shape.tag === 'style' && typeof node.attributes._cssText === 'string') textsOf.set(at, []);
    if (node.shape.kind === NodeKind.Text) textsOf.get(node.parentAt)?.push(at);
  });
  for (const [at, texts] of textsOf) {
    const node = nodes[at];
    if (!node || texts.length === 0) continue;
    const { _cssText: css, ...attributes } = node.attributes;
    const cut = String(css).split(SPLIT);
    const parts = [...cut.slice(0, texts.length - 1), cut.slice(texts.length - 1).join('')];
    changed.set(at, { attributes, text: '' });
    texts.forEach((textAt, i) => {
      const part = parts[i];
      if (part !== undefined) changed.set(textAt, { attributes: {}, text: part });
    });
  }
  return changed;
}

/**
 * The policy sees each text of a style element alone; together they must be harmless too (an address can be cut in
 * two). If not, the first text takes all of it, made harmless.
 */
export function settleStyleText(tree: Tree, style: number): void {
  const texts = [...tree.children(style)].filter((child) => child.shape.kind === NodeKind.Text);
  if (texts.length < 2) return;
  const whole = texts.map((child) => child.text).join('');
  const safe = tree.rules.policy.css(whole);
  if (safe === whole) return;
  texts.forEach((child, i) => {
    tree.patch(child.id, { text: i === 0 ? safe : '' });
  });
}

/** The first text of a style element that came with its css on the element takes that css over. */
export function takeStyleText(tree: Tree, style: number, node: FlatNode): FlatNode {
  const owner = tree.get(style);
  const css = owner?.attributes._cssText;
  if (owner?.shape.tag !== 'style' || node.shape.kind !== NodeKind.Text || typeof css !== 'string') return node;
  const { _cssText: _, ...attributes } = owner.attributes;
  tree.patch(style, { attributes });
  return { ...node, text: css };
}
