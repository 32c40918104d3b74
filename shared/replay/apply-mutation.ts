import { MAX_DEPTH } from './limits.ts';
import { type AttributeChange, type NodeAdd, NodeKind, type PageChange } from './page-change.ts';
import { placeNode, placeNodes } from './place-node.ts';
import type { AttributeValue } from './sanitise.ts';
import { settleStyleText, takeStyleText } from './style-text.ts';
import type { MirrorNode, Tree } from './tree.ts';

type Mutation = Extract<PageChange, { kind: 'mutation' }>;

/** How many pages may wait for the element of their frame. */
const MAX_WAITING = 1_000;

/** Removes, adds, texts, attributes: the order in which rrweb applies them. */
export function applyMutation(tree: Tree, { removes, adds, texts, attributes }: Mutation): void {
  for (const { id } of removes) {
    const node = tree.get(id);
    if (!node || id === tree.root) continue;
    forgetRules(tree, node.parent);
    tree.remove(id);
  }
  addAll(tree, adds);
  for (const { id, value } of texts) setText(tree, id, value);
  for (const change of attributes) setAttributes(tree, change);
}

/** A style sheet whose text changed is read anew: what scripts had done to it is gone. */
function forgetRules(tree: Tree, id: number): void {
  const node = tree.get(id);
  if (node?.rules && node.shape.tag === 'style') tree.patch(id, { rules: null });
}

/** Adds may name a parent or sibling that only a later add brings; each waits for the one id it misses. */
function addAll(tree: Tree, adds: readonly NodeAdd[]): void {
  const waiting = new Map<number, NodeAdd[]>();
  for (const first of adds) {
    const queue = [first];
    for (let add = queue.pop(); add; add = queue.pop()) {
      const misses = missing(tree, add);
      if (misses) {
        const others = waiting.get(misses);
        if (others) others.push(add);
        else waiting.set(misses, [add]);
        continue;
      }
      if (!addNode(tree, add)) continue;
      for (const { id } of add.nodes) {
        queue.push(...(waiting.get(id) ?? []).reverse());
        waiting.delete(id);
      }
    }
  }
  for (const add of [...waiting.values()].flat()) {
    const isDocument = add.nodes[0]?.shape.kind === NodeKind.Document;
    if (!isDocument) tree.refuse('added below or before an unknown node');
    else if (tree.waitingDocuments.length < MAX_WAITING) tree.waitingDocuments = [...tree.waitingDocuments, add];
  }
}

function missing(tree: Tree, { parent, next }: NodeAdd): number {
  if (!tree.get(parent)) return parent;
  return next > 0 && !tree.get(next) ? next : 0;
}

function addNode(tree: Tree, add: NodeAdd): boolean {
  const [node] = add.nodes;
  const parent = tree.get(add.parent);
  if (!node || !parent || node.id === tree.root) return false;
  const before = placeBefore(tree, add);
  if (node.shape.kind === NodeKind.Document) {
    placeNodes(tree, add.nodes, add.parent, 0);
    return tree.get(node.id) !== undefined;
  }
  if (node.shape.kind === NodeKind.Text && parent.shape.tag === 'textarea') {
    for (const child of [...tree.children(add.parent)]) {
      if (child.shape.kind === NodeKind.Text && child.id !== node.id) tree.remove(child.id);
    }
  }
  const existing = tree.get(node.id);
  const inElement = parent.shape.kind === NodeKind.Element;
  if (inElement && existing?.shape.kind === node.shape.kind && existing.shape.tag === node.shape.tag) {
    if (!move(tree, existing, add.parent, before)) return false;
    tree.patch(node.id, { attributes: tree.allow(existing.shape.tag, node.attributes) });
  } else if (!placeNode(tree, takeStyleText(tree, add.parent, node), add.parent, before, tree.depthOf(add.parent)))
    return false;
  if (parent.shape.tag === 'style') {
    forgetRules(tree, add.parent);
    settleStyleText(tree, add.parent);
  }
  attachWaiting(tree, node.id);
  return true;
}

/** The sibling to stand before, 0 for the end. A known previous sibling counts more than a next one, as in rrweb. */
function placeBefore(tree: Tree, { parent, next, previous, nodes }: NodeAdd): number {
  const left = previous > 0 ? tree.get(previous) : undefined;
  if (left?.parent === parent && left.next && left.next !== nodes[0]?.id) return left.next;
  return next > 0 && tree.get(next)?.parent === parent ? next : 0;
}

function move(tree: Tree, node: MirrorNode, parent: number, before: number): boolean {
  if (tree.isWithin(parent, node.id)) return tree.refuse('node moved into itself');
  if (tree.depthOf(parent) + heightOf(tree, node.id) > MAX_DEPTH) return tree.refuse('nested too deeply');
  tree.unlink(node.id);
  tree.link(node.id, parent, before === node.id ? node.next : before);
  return true;
}

function heightOf(tree: Tree, id: number): number {
  let height = 0;
  for (let level = [id]; level.length > 0; height++) {
    level = level.flatMap((at) => [...tree.children(at)].map((child) => child.id));
  }
  return height;
}

function attachWaiting(tree: Tree, frame: number): void {
  const add = tree.waitingDocuments.find((waiting) => waiting.parent === frame);
  if (!add) return;
  tree.waitingDocuments = tree.waitingDocuments.filter((waiting) => waiting !== add);
  addNode(tree, add);
}

function setText(tree: Tree, id: number, value: string): void {
  const node = tree.get(id);
  if (!node || node.shape.kind < NodeKind.Text) return;
  const inStyle = tree.tagOf(node.parent) === 'style';
  tree.patch(id, { text: inStyle ? tree.rules.policy.css(value) : value });
  if (!inStyle) return;
  forgetRules(tree, node.parent);
  settleStyleText(tree, node.parent);
}

function setAttributes(tree: Tree, { id, set, style }: AttributeChange): void {
  const node = tree.get(id);
  if (node?.shape.kind !== NodeKind.Element) return;
  const { policy } = tree.rules;
  const { tag } = node.shape;
  const attributes: Record<string, AttributeValue> = { ...node.attributes };
  let styles = 'style' in set ? null : node.styles;
  for (const [name, value] of Object.entries(set)) {
    const safe = value === null ? null : policy.attribute(tag, name, value);
    if (safe === null) delete attributes[name];
    else attributes[name] = safe;
    if (value === null && name === 'open') delete attributes.rr_open_mode;
  }
  Object.assign(attributes, policy.forced(tag));
  if (style) {
    const merged = new Map(Object.entries(styles ?? {}));
    for (const [property, change] of Object.entries(style)) {
      merged.delete(property); // so that the order stays the order of setting
      if (change === false) merged.set(property, false);
      else if (typeof change === 'string') merged.set(property, policy.css(change));
      else merged.set(property, [policy.css(change[0]), change[1]]);
    }
    styles = Object.fromEntries(merged);
  }
  tree.patch(id, { attributes, styles });
  if (typeof set._cssText === 'string' || (typeof set.value === 'string' && tag === 'textarea')) {
    for (const child of [...tree.children(id)]) tree.remove(child.id);
    tree.patch(id, { rules: null });
  }
}
