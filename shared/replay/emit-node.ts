import { NodeKind } from './page-change.ts';
import type { AttributeValue } from './sanitise.ts';
import type { MirrorNode, Tree } from './tree.ts';

/** A node as rrweb serialises it. New objects each time: rrweb changes what it is given. */
export interface EmittedNode {
  readonly type: number;
  readonly id: number;
  readonly rootId?: number;
  readonly tagName?: string;
  readonly attributes?: Record<string, AttributeValue>;
  readonly childNodes?: EmittedNode[];
  readonly isSVG?: true;
  readonly isShadow?: true;
  readonly isShadowHost?: true;
  readonly isCustom?: true;
  readonly isStyle?: true;
  readonly textContent?: string;
  readonly name?: string;
  readonly publicId?: string;
  readonly systemId?: string;
  readonly compatMode?: string;
}

/** One node without what is below it. `document` is the document it belongs to. */
export function emitNode(tree: Tree, node: MirrorNode, document: number): EmittedNode {
  const { shape, id } = node;
  const common = {
    type: shape.kind,
    id,
    ...(document !== tree.root && document !== id ? { rootId: document } : {}),
    ...(shape.shadow ? { isShadow: true as const } : {}),
  };
  switch (shape.kind) {
    case NodeKind.Document:
      // rrweb looks at the first child of a quirks page without asking whether there is one.
      return { ...common, childNodes: [], ...(shape.quirks && node.first ? { compatMode: 'BackCompat' } : {}) };
    case NodeKind.DocumentType:
      return { ...common, ...shape.doctype };
    case NodeKind.Element:
      return {
        ...common,
        tagName: shape.tag,
        attributes: { ...node.attributes },
        childNodes: [],
        ...(shape.svg ? { isSVG: true } : {}),
        ...(shape.host ? { isShadowHost: true } : {}),
        ...(shape.custom ? { isCustom: true } : {}),
      };
    default:
      return { ...common, textContent: node.text, ...(tree.tagOf(node.parent) === 'style' ? { isStyle: true } : {}) };
  }
}

/** A node with all below it, except the pages of frames, which rrweb takes one by one. */
export function emitNested(tree: Tree, top: MirrorNode): { node: EmittedNode; frames: MirrorNode[] } {
  const document = tree.documentOf(top.id);
  const node = emitNode(tree, top, document);
  const frames: MirrorNode[] = [];
  const stack = [{ id: top.id, out: node }];
  for (let at = stack.pop(); at; at = stack.pop()) {
    for (const child of tree.children(at.id)) {
      if (tree.isFrameDocument(child.id)) {
        frames.push(child);
        continue;
      }
      const out = emitNode(tree, child, document);
      at.out.childNodes?.push(out);
      stack.push({ id: child.id, out });
    }
  }
  return { node, frames };
}
