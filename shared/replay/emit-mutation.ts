import { type EmittedNode, emitNested, emitNode } from './emit-node.ts';
import { changedNames, type Difference } from './find-fresh.ts';
import type { MirrorNode, Tree } from './tree.ts';

interface EmittedAdd {
  readonly parentId: number;
  readonly nextId: number | null;
  readonly node: EmittedNode;
}

type EmittedStyle = Record<string, string | readonly [string, string] | false>;

/** The data of an rrweb mutation event. */
export interface EmittedMutation {
  readonly source: 0;
  readonly removes: { parentId: number; id: number; isShadow?: true }[];
  readonly adds: EmittedAdd[];
  readonly texts: { id: number; value: string }[];
  readonly attributes: { id: number; attributes: Record<string, string | null | EmittedStyle> }[];
}

export const emptyMutation = (): EmittedMutation => ({ source: 0, removes: [], adds: [], texts: [], attributes: [] });

export const isEmpty = (mutation: EmittedMutation): boolean =>
  mutation.removes.length + mutation.adds.length + mutation.texts.length + mutation.attributes.length === 0;

/** Takes away what is gone or will be built anew. @returns nodes that rrweb would keep in its own table otherwise. */
export function emitRemoves(from: Tree, to: Tree, { changed, fresh }: Difference, out: EmittedMutation): number[] {
  const stale: number[] = [];
  const leaves = (id: number): boolean => !to.get(id) || fresh.has(id);
  for (const id of new Set([...changed, ...fresh])) {
    const node = from.get(id);
    if (!node || !leaves(id)) continue;
    const isFrameDocument = from.isFrameDocument(id);
    const isRemoved = !leaves(node.parent) && !isFrameDocument;
    if (isRemoved) {
      out.removes.push({ parentId: node.parent, id, ...(node.shape.shadow ? { isShadow: true } : {}) });
    } else if (isFrameDocument || node.shape.shadow) stale.push(id); // rrweb forgets neither when their element goes
  }
  return stale;
}

/** Builds the fresh nodes, last sibling first, so that the one to stand before is always there. */
export function emitAdds(to: Tree, fresh: ReadonlySet<number>, out: EmittedMutation): void {
  const parents = new Set<number>();
  for (const id of fresh) {
    const parent = to.get(id)?.parent ?? 0;
    if (parent && !fresh.has(parent)) parents.add(parent);
  }
  for (const parent of parents) {
    const document = to.documentOf(parent);
    let nextLight: number | null = null;
    let nextShadow: number | null = null;
    for (const child of [...to.children(parent)].reverse()) {
      const { shadow } = child.shape;
      if (fresh.has(child.id)) emitSubtree(to, child, document, shadow ? nextShadow : nextLight, out);
      if (shadow) nextShadow = child.id;
      else nextLight = child.id;
    }
  }
}

function emitSubtree(to: Tree, top: MirrorNode, document: number, next: number | null, out: EmittedMutation): void {
  const frames: MirrorNode[] = [];
  const stack = [top];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (to.isFrameDocument(node.id)) {
      frames.push(node);
      continue;
    }
    out.adds.push({ parentId: node.parent, nextId: node === top ? next : null, node: emitNode(to, node, document) });
    stack.push(...[...to.children(node.id)].reverse());
  }
  emitFrames(to, frames, out);
}

/** Pages of frames, outer ones first. */
export function emitFrames(to: Tree, frames: readonly MirrorNode[], out: EmittedMutation): void {
  const queue = [...frames];
  for (let page = queue.shift(); page; page = queue.shift()) {
    const nested = emitNested(to, page);
    out.adds.push({ parentId: page.parent, nextId: null, node: nested.node });
    queue.push(...nested.frames);
  }
}

/** Text and attributes of nodes that stay. */
export function emitKept(from: Tree, to: Tree, { changed, fresh }: Difference, out: EmittedMutation): void {
  for (const id of changed) {
    const before = from.get(id);
    const after = to.get(id);
    if (!before || !after || fresh.has(id)) continue;
    if (before.text !== after.text) out.texts.push({ id, value: after.text });
    const attributes: Record<string, string | null> = {};
    for (const name of before.attributes === after.attributes
      ? []
      : changedNames(before.attributes, after.attributes)) {
      attributes[name] = asSet(after.attributes[name]);
    }
    if (before.styles !== after.styles) attributes.style = asSet(after.attributes.style); // then the single properties anew
    if (Object.keys(attributes).length > 0) out.attributes.push({ id, attributes });
    if ('style' in attributes) emitStyles(after, out);
  }
}

/** Single style properties that were changed after the style attribute was set. */
export function emitStyles(node: MirrorNode, out: EmittedMutation): void {
  if (node.styles) out.attributes.push({ id: node.id, attributes: { style: { ...node.styles } } });
}

const asSet = (value: string | number | true | undefined): string | null =>
  value === undefined ? null : value === true ? '' : String(value);
