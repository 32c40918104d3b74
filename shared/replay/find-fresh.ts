import { continues } from './log.ts';
import { longestRise } from './longest-rise.ts';
import { type Attributes, NodeKind } from './page-change.ts';
import type { MirrorNode, Tree } from './tree.ts';
import { VersionedTable } from './versioned-table.ts';

/** What differs between two versions of a page. */
export interface Difference {
  /** Nodes of either version that are not the same in both. */
  readonly changed: readonly number[];
  /** Nodes of the newer one that have to be built: new, moved, or changed in a way that a live page cannot follow. */
  readonly fresh: ReadonlySet<number>;
}

/** Compares two versions of one page in time proportional to what differs. */
export function findDifference(from: Tree, to: Tree): Difference {
  const changed = VersionedTable.changed(from.nodes, to.nodes);
  const fresh = new Set<number>();
  const mark = (id: number): void => {
    const stack = [id];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (fresh.has(at)) continue;
      fresh.add(at);
      for (const child of to.children(at)) stack.push(child.id);
    }
  };
  const lists = new Set<number>();
  for (const id of changed) {
    const before = from.get(id);
    const after = to.get(id);
    if (after && (!before || before.parent !== after.parent || !canFollow(from, to, before, after))) mark(id);
    if (before?.previous === after?.previous && before?.next === after?.next) continue;
    if (before) lists.add(before.parent);
    if (after) lists.add(after.parent);
  }
  for (const parent of lists) {
    if (fresh.has(parent) || !from.get(parent) || !to.get(parent)) continue;
    for (const id of reordered(from, to, parent, fresh)) mark(id);
  }
  return { changed, fresh };
}

/** Children that are in both versions but not in the same order: all except a longest run that kept it. */
function reordered(from: Tree, to: Tree, parent: number, fresh: ReadonlySet<number>): number[] {
  const place = new Map<number, number>();
  for (const child of from.children(parent)) place.set(child.id, place.size);
  const common: number[] = [];
  for (const { id } of to.children(parent)) if (place.has(id) && !fresh.has(id)) common.push(id);
  const stay = new Set(longestRise(common.map((id) => place.get(id) ?? 0)));
  return common.filter((_, at) => !stay.has(at));
}

/** Attribute names whose effect comes only when the element is built, or that need a namespace. */
const BUILT_IN = /^rr_|^_cssText$|:/;

/** Whether the live node can become the newer one by setting text, attributes, input and rules. */
function canFollow(from: Tree, to: Tree, before: MirrorNode, after: MirrorNode): boolean {
  if (before.shape !== after.shape && !sameShape(before.shape, after.shape)) return false;
  const { kind, tag } = after.shape;
  if (kind === NodeKind.DocumentType) return JSON.stringify(before.shape) === JSON.stringify(after.shape);
  if (before.input && !after.input) return false;
  if (!continues(after.rules, before.rules)) return false;
  if (
    tag === 'style' &&
    (before.rules || after.rules || several(before) || several(after)) &&
    !sameTexts(from, to, after.id)
  ) {
    return false;
  }
  if (tag === 'iframe' && before.first && before.first !== after.first) return false; // a frame keeps its old page
  if (tag === 'meta' && before.attributes !== after.attributes) return false;
  return (
    before.attributes === after.attributes ||
    changedNames(before.attributes, after.attributes).every(
      (name) =>
        !BUILT_IN.test(name) && !(name === 'value' && tag === 'textarea' && after.attributes.value === undefined),
    )
  );
}

const sameShape = (a: MirrorNode['shape'], b: MirrorNode['shape']): boolean =>
  a.kind === b.kind &&
  a.tag === b.tag &&
  a.svg === b.svg &&
  a.shadow === b.shadow &&
  a.host === b.host &&
  a.custom === b.custom &&
  a.quirks === b.quirks;

const several = (node: MirrorNode): boolean => node.first !== node.last;

function sameTexts(from: Tree, to: Tree, id: number): boolean {
  const texts = (tree: Tree): string => JSON.stringify([...tree.children(id)].map((child) => [child.id, child.text]));
  return texts(from) === texts(to);
}

/** Names whose value differs. */
export const changedNames = (a: Attributes, b: Attributes): string[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => a[name] !== b[name]);
