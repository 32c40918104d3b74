import { MAX_DEPTH } from './limits.ts';
import { type FlatNode, NodeKind } from './page-change.ts';
import { settleStyleText, splitStyleText } from './style-text.ts';
import { canHostShadow, type Tree } from './tree.ts';

/** Places a node with all below it. What a page cannot hold (text beside the root element, say) is left out. */
export function placeNodes(tree: Tree, nodes: readonly FlatNode[], parent: number, before: number): void {
  const levels = new Map<number, number>();
  const base = parent === 0 ? 0 : tree.depthOf(parent);
  const texts = splitStyleText(nodes);
  nodes.forEach((node, at) => {
    const isFirst = node.parentAt < 0;
    const level = isFirst ? base : levels.get(node.parentAt);
    if (level === undefined) return; // its parent was left out
    const above = isFirst ? parent : (nodes[node.parentAt]?.id ?? 0);
    const read = texts.get(at);
    if (placeNode(tree, read ? { ...node, ...read } : node, above, isFirst ? before : 0, level))
      levels.set(at, level + 1);
  });
  for (const at of levels.keys()) {
    const id = nodes[at]?.id ?? 0;
    if (tree.tagOf(id) === 'style') settleStyleText(tree, id);
  }
}

/** Places one node, `depth` levels below the page. @returns false, with a complaint, where the page cannot hold it. */
export function placeNode(tree: Tree, node: FlatNode, parent: number, before: number, depth: number): boolean {
  if (parent === 0) return tree.create(node, 0, 0);
  if (depth >= MAX_DEPTH) return tree.refuse('nested too deeply');
  if (tree.get(node.id) && tree.isWithin(parent, node.id)) return tree.refuse('node moved into itself');
  if (!fits(tree, node, parent)) return false;
  const owner = tree.get(parent);
  let shape = node.shape;
  if (shape.shadow && owner) {
    if (!canHostShadow(owner.shape.tag)) shape = { ...shape, shadow: false };
    else if (!owner.shape.host) tree.patch(parent, { shape: { ...owner.shape, host: true } });
  }
  return tree.create(shape === node.shape ? node : { ...node, shape }, parent, before);
}

/** Whether a browser would let `parent` hold the node; a newer page, root element or doctype replaces the older. */
function fits(tree: Tree, { id, shape }: FlatNode, parent: number): boolean {
  const owner = tree.get(parent);
  if (!owner) return false;
  const { kind } = shape;
  if (owner.shape.kind === NodeKind.Document) {
    if (kind === NodeKind.Text || kind === NodeKind.Document) return tree.refuse('node in an impossible place');
    if (kind !== NodeKind.Comment) replaceOnly(tree, parent, kind, id);
    return true;
  }
  if (owner.shape.kind !== NodeKind.Element || kind === NodeKind.DocumentType) {
    return tree.refuse('node in an impossible place');
  }
  if (owner.shape.tag === 'iframe') {
    if (kind !== NodeKind.Document) return false; // fallback content that no browser shows
    replaceOnly(tree, parent, kind, 0);
    return true;
  }
  return kind !== NodeKind.Document || tree.refuse('node in an impossible place');
}

function replaceOnly(tree: Tree, parent: number, kind: number, except: number): void {
  for (const child of [...tree.children(parent)]) {
    if (child.shape.kind === kind && child.id !== except) tree.remove(child.id);
  }
}
