import { BODY_ID, type RecordedNode, recordedElement, recordedText } from './document.ts';
import { textId, type WireNode } from './wire-node.ts';

/** The data of rrweb's mutation event. */
export interface Mutation {
  readonly source: 0;
  readonly removes: { readonly parentId: number; readonly id: number }[];
  readonly adds: { readonly parentId: number; readonly nextId: number | null; readonly node: RecordedNode }[];
  readonly texts: { readonly id: number; readonly value: string }[];
  readonly attributes: { readonly id: number; readonly attributes: Record<string, string | null> }[];
}

/** The data of rrweb's scroll event. */
export interface Scroll {
  readonly source: 3;
  readonly id: number;
  readonly x: number;
  readonly y: number;
}

/** What leads from one screen to the next. */
export interface Difference {
  /** Null when nothing changed. */
  readonly mutation: Mutation | null;
  readonly scrolls: readonly Scroll[];
}

interface Placed {
  readonly node: WireNode;
  readonly parent: number;
}

function index(nodes: readonly WireNode[], parent = BODY_ID, into = new Map<number, Placed>()): Map<number, Placed> {
  for (const node of nodes) {
    into.set(node.id, { node, parent });
    index(node.children, node.id, into);
  }
  return into;
}

/** Children that stay where they are: those whose old order still rises, read from the front. The others are placed anew. */
function staying(children: readonly WireNode[], parent: number, before: Map<number, Placed>): Set<number> {
  const siblings = parent === BODY_ID ? undefined : before.get(parent)?.node.children;
  const list = siblings ?? [...before.values()].filter((placed) => placed.parent === parent).map(({ node }) => node);
  const rank = new Map(list.map((node, i) => [node.id, i]));
  const kept = new Set<number>();
  let last = -1;
  for (const { id } of children) {
    const at = rank.get(id);
    if (at === undefined || at < last) continue;
    last = at;
    kept.add(id);
  }
  return kept;
}

const isScrolled = ({ x, y }: NonNullable<WireNode['scroll']>): boolean => x !== 0 || y !== 0;

/** How far everything on a screen is scrolled, as far as it is: what follows a snapshot. */
export const scrollsOf = (nodes: readonly WireNode[]): Scroll[] =>
  nodes.flatMap(({ id, scroll, children }) => [
    ...(scroll && isScrolled(scroll) ? [{ source: 3 as const, id, ...scroll }] : []),
    ...scrollsOf(children),
  ]);

/** What changed between two screens: applied to the first, it gives the second. */
export function difference(from: readonly WireNode[], to: readonly WireNode[]): Difference {
  const before = index(from);
  const after = index(to);
  const mutation: Mutation = { source: 0, removes: [], adds: [], texts: [], attributes: [] };
  const scrolls: Scroll[] = [];
  /** Elements that are kept as they are, with what is in them looked at one by one. */
  const kept = new Set<number>();

  const add = (parentId: number, nextId: number | null, node: WireNode): void => {
    mutation.adds.push({ parentId, nextId, node: recordedElement(node) });
    addInside(node);
    const was = before.get(node.id)?.node.scroll;
    if (node.scroll && (isScrolled(node.scroll) || (was && isScrolled(was))))
      scrolls.push({ source: 3, id: node.id, ...node.scroll });
  };
  /** From the last to the first, so that what an element stands before is always there already. */
  const addInside = (node: WireNode): void => {
    let next: number | null = null;
    for (const child of [...node.children].reverse()) {
      add(node.id, next, child);
      next = child.id;
    }
    const text = recordedText(node);
    if (text) mutation.adds.push({ parentId: node.id, nextId: next, node: text });
  };

  const compare = (parent: number, children: readonly WireNode[]): void => {
    const stays = staying(children, parent, before);
    let next: number | null = null;
    for (const child of [...children].reverse()) {
      const old = before.get(child.id)?.node;
      if (old && stays.has(child.id) && old.tag === child.tag && (old.text === null) === (child.text === null)) {
        kept.add(child.id);
        change(old, child);
        compare(child.id, child.children);
      } else add(parent, next, child);
      next = child.id;
    }
  };
  const change = (old: WireNode, node: WireNode): void => {
    const attributes: Record<string, string | null> = {};
    for (const [name, value] of Object.entries(node.attributes))
      if (old.attributes[name] !== value) attributes[name] = value;
    for (const name of Object.keys(old.attributes)) if (!(name in node.attributes)) attributes[name] = null;
    if (Object.keys(attributes).length > 0) mutation.attributes.push({ id: node.id, attributes });
    if (node.text !== null && (old.text !== node.text || old.raw !== node.raw))
      mutation.texts.push({ id: textId(node), value: node.text });
    const [was, is] = [old.scroll, node.scroll];
    if (is && (was?.x !== is.x || was.y !== is.y)) scrolls.push({ source: 3, id: node.id, ...is });
  };
  compare(BODY_ID, to);

  // What is inside goes before what is around it.
  for (const [id, { parent }] of [...before].reverse()) {
    if (kept.has(id)) continue;
    // What goes with the element around it needs no word of its own, unless it comes back elsewhere.
    if (parent === BODY_ID || kept.has(parent) || after.has(id)) mutation.removes.push({ parentId: parent, id });
  }
  const { removes, adds, texts, attributes } = mutation;
  const isSame = removes.length + adds.length + texts.length + attributes.length === 0;
  return { mutation: isSame ? null : mutation, scrolls };
}
