import type { OutlinePath, OutlineRow } from '../model/inspection.ts';
import { NodeKind } from './page-change.ts';
import type { MirrorNode, Tree } from './tree.ts';

/** A node that a search found. */
export interface OutlineMatch {
  readonly id: number;
  readonly path: OutlinePath;
}

/** Longest text or attribute in a row, in characters: what is longer is read in the raw event. */
const MAX_ROW_TEXT = 2_000;

const OPEN_BY_DEFAULT = new Set(['html', 'body']);

const cut = (text: string): string => (text.length > MAX_ROW_TEXT ? `${text.slice(0, MAX_ROW_TEXT)}…` : text);

const isBlank = (node: MirrorNode): boolean => node.shape.kind === NodeKind.Text && node.text.trim() === '';

const childrenOf = (tree: Tree, id: number): MirrorNode[] => [...tree.children(id)].filter((node) => !isBlank(node));

/** Whether a node is open while nobody touched it: what every page has, so that its content is seen at once. */
const isOpenByDefault = ({ shape }: MirrorNode): boolean =>
  shape.kind === NodeKind.Document || OPEN_BY_DEFAULT.has(shape.tag);

const KINDS: Readonly<Record<number, OutlineRow['kind']>> = {
  [NodeKind.Document]: 'document',
  [NodeKind.DocumentType]: 'doctype',
  [NodeKind.Element]: 'element',
  [NodeKind.Comment]: 'comment',
};

const attributesOf = ({ attributes, styles }: MirrorNode): [string, string][] => {
  const pairs = Object.entries(attributes).map(([name, value]): [string, string] => [
    name,
    value === true ? '' : cut(String(value)),
  ]);
  if (styles === null) return pairs;
  const later = Object.entries(styles).map(([property, value]) =>
    value === false ? `${property}: removed` : `${property}: ${typeof value === 'string' ? value : value.join(' !')}`,
  );
  return [...pairs, ['style, set by script', cut(later.join('; '))]];
};

function rowOf(node: MirrorNode, depth: number, children: readonly MirrorNode[], open: boolean): OutlineRow {
  const only = children.length === 1 && children[0]?.shape.kind === NodeKind.Text ? children[0] : null;
  const { shape } = node;
  const doctype = shape.doctype;
  return {
    id: node.id,
    depth,
    kind: KINDS[shape.kind] ?? 'text',
    tag: shape.tag,
    attributes: attributesOf(node),
    text: cut(doctype ? doctype.name : (only?.text ?? node.text).trim()),
    shadow: shape.shadow,
    input: node.input ? (node.input.text === '' && node.input.isChecked ? 'checked' : cut(node.input.text)) : null,
    expandable: children.length > 0 && only === null,
    open: open && only === null,
  };
}

/**
 * The rows of the page that are open, of them those from `offset`. `toggled` names the nodes that are not as they are by
 * default. @returns the rows and how many there are in all
 */
export function outline(
  tree: Tree,
  toggled: ReadonlySet<number>,
  offset: number,
  limit: number,
): { readonly rows: readonly OutlineRow[]; readonly total: number } {
  const rows: OutlineRow[] = [];
  let total = 0;
  const root = tree.get(tree.root);
  const waiting = root ? [{ node: root, depth: 0 }] : [];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, depth } = next;
    const open = isOpenByDefault(node) !== toggled.has(node.id);
    const children = childrenOf(tree, node.id);
    const row = rowOf(node, depth, children, open && children.length > 0);
    if (total >= offset && rows.length < limit) rows.push(row);
    total += 1;
    if (row.open) for (const child of children.toReversed()) waiting.push({ node: child, depth: depth + 1 });
  }
  return { rows, total };
}

/** The way from the document to a node of the page; null when it is not on it. */
export function pathTo(tree: Tree, id: number): OutlinePath | null {
  const path: { id: number; byDefault: boolean }[] = [];
  for (let at = tree.get(id); at; at = tree.get(at.parent)) {
    path.push({ id: at.id, byDefault: isOpenByDefault(at) });
    if (at.id === tree.root) return path.reverse();
  }
  return null;
}

const holds = (node: MirrorNode, words: string): boolean =>
  node.shape.tag.toLowerCase().includes(words) ||
  (node.shape.kind !== NodeKind.Document && node.text.toLowerCase().includes(words)) ||
  Object.entries(node.attributes).some(
    ([name, value]) => name.toLowerCase().includes(words) || String(value).toLowerCase().includes(words),
  );

/** The nodes whose tag, attributes or text contain `text`, in document order; a text is found as its element. */
export function findInOutline(
  tree: Tree,
  text: string,
  limit: number,
): { readonly matches: readonly OutlineMatch[]; readonly total: number } {
  const words = text.trim().toLowerCase();
  const found = new Set<number>();
  const waiting = tree.get(tree.root) ? [tree.root] : [];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const node = tree.get(id);
    if (!node) continue;
    if (words !== '' && holds(node, words)) found.add(standIn(tree, node));
    for (const child of [...tree.children(id)].reverse()) waiting.push(child.id);
  }
  const matches = [...found].slice(0, limit).map((id) => ({ id, path: pathTo(tree, id) ?? [] }));
  return { matches, total: found.size };
}

/** The node whose row shows this one: an element stands for the only text in it. */
function standIn(tree: Tree, node: MirrorNode): number {
  const siblings = node.shape.kind === NodeKind.Text ? childrenOf(tree, node.parent) : [];
  return siblings.length === 1 ? node.parent : node.id;
}
