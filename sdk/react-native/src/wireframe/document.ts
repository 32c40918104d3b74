import { textId, type WireNode } from './wire-node.ts';

/** rrweb's numbers for kinds of nodes. */
const NODE = { Document: 0, Doctype: 1, Element: 2, Text: 3 } as const;
/** Ids of the nodes around the screen's own. */
const ID = { document: 1, doctype: 2, html: 3, head: 4, style: 5, css: 6, body: 7 } as const;

/** The element that holds the screen. */
export const BODY_ID: number = ID.body;
/** The first id that is free for what is on the screen. */
export const FIRST_ID = 10;

/** How the boxes of a screen look where the app's own styles say nothing. */
const CSS = [
  'html,body{margin:0;width:100%;height:100%;overflow:hidden;background:#fff}',
  'body{position:relative;font:14px/1.25 system-ui,sans-serif;color:#000}',
  'body *{position:absolute;box-sizing:border-box;margin:0;padding:0;border:0 solid #000}',
  '[data-view=Text]{overflow:hidden;white-space:pre-wrap;overflow-wrap:break-word}',
  '[data-view=ScrollView]{overflow:hidden}',
  '[data-view=TextInput]{appearance:none;background:#f4f4f4;font:inherit;outline:1px solid #c4c4c4;padding:0 4px;resize:none}',
  '[data-view=Image]{background:linear-gradient(135deg,#e2e2e2 49.5%,#d0d0d0 49.5%,#d0d0d0 50.5%,#e2e2e2 50.5%);overflow:hidden}',
  '[data-view=Switch]{background:#d8d8d8;border-radius:99px}',
  '[data-view=WebView]{background:#eef1f6;outline:1px dashed #9aa4b5}',
  '[data-view=Blocked]{background:repeating-linear-gradient(45deg,#ddd 0 6px,#eee 6px 12px)}',
].join('');

/** A node as rrweb records it. */
export type RecordedNode = Readonly<Record<string, unknown>> & { readonly id: number; readonly type: number };

const element = (
  id: number,
  tagName: string,
  attributes: object,
  childNodes: readonly RecordedNode[],
): RecordedNode => ({
  ...{ type: NODE.Element, id, tagName, attributes, childNodes },
});
const textNode = (id: number, textContent: string): RecordedNode => ({ type: NODE.Text, id, textContent });

/** The text of an element as a node, if it has one. */
export const recordedText = (node: WireNode): RecordedNode | null =>
  node.text === null ? null : textNode(textId(node), node.text);

/** An element by itself, without what is in it. */
export const recordedElement = (node: WireNode): RecordedNode => element(node.id, node.tag, node.attributes, []);

function recordedTree(node: WireNode): RecordedNode {
  const text = recordedText(node);
  const children = node.children.map(recordedTree);
  return element(node.id, node.tag, node.attributes, text ? [text, ...children] : children);
}

/** The data of rrweb's full snapshot of a screen. How far things are scrolled is not in it. */
export function snapshotOf(nodes: readonly WireNode[]): object {
  const head = element(ID.head, 'head', {}, [element(ID.style, 'style', {}, [textNode(ID.css, CSS)])]);
  const html = element(ID.html, 'html', {}, [head, element(ID.body, 'body', {}, nodes.map(recordedTree))]);
  const doctype = { type: NODE.Doctype, id: ID.doctype, name: 'html', publicId: '', systemId: '' };
  return {
    node: { type: NODE.Document, id: ID.document, childNodes: [doctype, html] },
    initialOffset: { left: 0, top: 0 },
  };
}
