import { MAX_DEPTH, MAX_NODES, MAX_TEXT } from './limits.ts';
import { type Attributes, type FlatNode, NodeKind, type NodeShape } from './page-change.ts';
import type { AttributeValue } from './sanitise.ts';

/** Hears why something recorded could not be used as it is. */
export type Complain = (reason: string) => void;

export type Fields = Readonly<Record<string, unknown>>;
/** The value as an object with unknown fields, or null. */
export const asFields = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null ? (value as Fields) : null;
/** The value as a list; anything else is an empty one. */
export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
/** A node or style id: a positive integer. 0 for anything else. */
export const asId = (value: unknown): number => (Number.isSafeInteger(value) && Number(value) > 0 ? Number(value) : 0);
/** Text within the cap; the empty text for anything else. */
export const asText = (value: unknown): string =>
  typeof value === 'string' ? (value.length > MAX_TEXT ? value.slice(0, MAX_TEXT) : value) : '';
/** A finite number between the bounds; the nearest bound, or 0 for what is no number. */
export const asNumber = (value: unknown, min: number, max: number): number =>
  typeof value === 'number' && !Number.isNaN(value)
    ? Math.min(Math.max(value, min), max)
    : Math.min(Math.max(0, min), max);

const isKind = (value: unknown): value is number =>
  typeof value === 'number' && value >= NodeKind.Document && value <= NodeKind.Comment && Number.isInteger(value);

function shapeOf(node: Fields, kind: number): NodeShape {
  const svg = node.isSVG === true;
  const tag = kind === NodeKind.Element ? asText(node.tagName) : '';
  return {
    kind: kind === NodeKind.CData ? NodeKind.Text : kind, // an HTML document cannot hold CDATA; its text is what counts
    tag: svg ? tag : tag.toLowerCase(),
    svg,
    shadow: node.isShadow === true,
    host: node.isShadowHost === true,
    custom: node.isCustom === true,
    quirks: node.compatMode === 'BackCompat',
    doctype:
      kind === NodeKind.DocumentType
        ? { name: asText(node.name) || 'html', publicId: asText(node.publicId), systemId: asText(node.systemId) }
        : null,
  };
}

function attributesOf(node: Fields, complain: Complain): Attributes {
  const recorded = asFields(node.attributes);
  if (!recorded) {
    complain('attributes missing');
    return {};
  }
  const attributes: Record<string, AttributeValue> = {};
  for (const [name, value] of Object.entries(recorded)) {
    if (name === '__proto__') complain('illegal attribute');
    else if (typeof value === 'string') attributes[name] = asText(value);
    else if (value === true || (typeof value === 'number' && Number.isFinite(value))) attributes[name] = value;
    else if (value !== null && value !== false) complain('attribute of unknown kind');
  }
  return attributes;
}

interface Pending {
  readonly node: unknown;
  readonly parentAt: number;
  readonly depth: number;
}

/**
 * Reads a recorded node and all below it into a list, parents before children, without recursion. What cannot be a node is
 * left out with what hangs below it. Of nodes with the same id the last keeps it, as in rrweb; the others get an id of
 * their own from `nextOwnId`.
 * @param deep false reads the node alone (rrweb ignores the children of a node that a mutation adds).
 */
export function readNodes(root: unknown, deep: boolean, nextOwnId: () => number, complain: Complain): FlatNode[] {
  const nodes: FlatNode[] = [];
  const lastAt = new Map<number, number>();
  const stack: Pending[] = [{ node: root, parentAt: -1, depth: 0 }];
  for (let top = stack.pop(); top; top = stack.pop()) {
    const node = asFields(top.node);
    const id = asId(node?.id);
    const kind = node?.type;
    if (!node || !id || !isKind(kind)) {
      complain('not a node');
      continue;
    }
    if (nodes.length >= MAX_NODES) {
      complain('page with too many nodes');
      break;
    }
    if (top.depth > MAX_DEPTH) {
      complain('nested too deeply');
      continue;
    }
    const isElement = kind === NodeKind.Element;
    const at = nodes.length;
    const before = lastAt.get(id);
    const duplicate = before === undefined ? undefined : nodes[before];
    if (duplicate && before !== undefined) {
      complain('node id used twice');
      nodes[before] = { ...duplicate, id: nextOwnId() };
    }
    lastAt.set(id, at);
    const hasText = !isElement && kind !== NodeKind.Document && kind !== NodeKind.DocumentType;
    nodes.push({
      id,
      parentAt: top.parentAt,
      shape: shapeOf(node, kind),
      attributes: isElement ? attributesOf(node, complain) : {},
      text: hasText ? asText(node.textContent) : '',
    });
    if (!deep || !(isElement || kind === NodeKind.Document)) continue;
    if (!Array.isArray(node.childNodes)) complain('child nodes missing');
    const children = asList(node.childNodes);
    for (let i = children.length - 1; i >= 0; i--) {
      stack.push({ node: children[i], parentAt: at, depth: top.depth + 1 });
    }
  }
  return nodes;
}
