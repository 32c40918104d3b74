/** Builders of rrweb nodes and events, for tests of the replay. Ids are given by the caller or counted from 1. */
export interface TestNode {
  type: number;
  id: number;
  tagName?: string;
  attributes?: Record<string, unknown>;
  childNodes?: TestNode[];
  textContent?: string;
  [more: string]: unknown;
}
export interface TestEvent {
  type: number;
  timestamp: number;
  data: unknown;
}

/** A factory whose nodes count their ids from 1. */
export function nodeFactory(): {
  element(
    tagName: string,
    attributes?: Record<string, unknown>,
    childNodes?: TestNode[],
    more?: Record<string, unknown>,
  ): TestNode;
  text(textContent: string, more?: Record<string, unknown>): TestNode;
  /** A page with the given head and body, in document order of ids: document 1, html, head..., body... */
  page(head: TestNode[], body: TestNode[]): TestNode;
} {
  const element = (
    tagName: string,
    attributes: Record<string, unknown> = {},
    childNodes: TestNode[] = [],
    more: Record<string, unknown> = {},
  ): TestNode => ({ type: 2, id: 0, tagName, attributes, childNodes, ...more });
  return {
    element,
    text: (textContent, more = {}) => ({ type: 3, id: 0, textContent, ...more }),
    page: (head, body) =>
      numbered({
        type: 0,
        id: 0,
        childNodes: [
          { type: 1, id: 0, name: 'html', publicId: '', systemId: '' },
          element('html', {}, [element('head', {}, head), element('body', {}, body)]),
        ],
      }),
  };
}

/** Gives every node its place in document order as id, as the recorder does. */
export function numbered(root: TestNode, first = 1): TestNode {
  let next = first;
  const walk = (node: TestNode): void => {
    node.id = next++;
    for (const child of node.childNodes ?? []) walk(child);
  };
  walk(root);
  return root;
}

export const meta = (timestamp: number, width = 800, height = 600): TestEvent => ({
  type: 4,
  timestamp,
  data: { href: 'https://shop.example/', width, height },
});

export const fullSnapshot = (timestamp: number, node: unknown): TestEvent => ({
  type: 2,
  timestamp,
  data: { node, initialOffset: { left: 0, top: 0 } },
});

export const incremental = (timestamp: number, data: Record<string, unknown>): TestEvent => ({
  type: 3,
  timestamp,
  data,
});

export const mutation = (
  timestamp: number,
  data: { removes?: unknown; adds?: unknown; texts?: unknown; attributes?: unknown },
): TestEvent => incremental(timestamp, { source: 0, removes: [], adds: [], texts: [], attributes: [], ...data });
