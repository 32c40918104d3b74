import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findInOutline, outline, pathTo } from '../../../shared/replay/outline.ts';
import { AS_RECORDED } from '../../../shared/replay/recorded-policy.ts';
import type { Tree } from '../../../shared/replay/tree.ts';
import { testTree } from '../../support/replay-tree.ts';

type Made = { readonly tag: string; readonly children: readonly Made[] };

const made = fc.letrec<{ node: Made }>((tie) => ({
  node: fc.record({
    tag: fc.constantFrom('div', 'p', 'ul', 'li'),
    children: fc.oneof({ depthSize: 'small' }, fc.constant([]), fc.array(tie('node'), { maxLength: 4 })),
  }),
})).node;

/** A page whose body holds `nodes`, each element with an id counting from 10. */
function pageOf(nodes: readonly Made[]): Tree {
  let last = 9;
  const element = (tagName: string, childNodes: unknown[], id: number, attributes = {}) => ({
    type: 2,
    tagName,
    attributes,
    childNodes,
    id,
  });
  const build = ({ tag, children }: Made): unknown => {
    const id = ++last;
    return element(tag, children.map(build), id, { 'data-no': String(id) });
  };
  const { tree, apply } = testTree(AS_RECORDED);
  const body = element('body', nodes.map(build), 3);
  const node = { type: 0, id: 1, childNodes: [element('html', [body], 2)] };
  apply({ type: 4, timestamp: 1, data: { href: 'https://a.example/', width: 100, height: 100 } });
  apply({ type: 2, timestamp: 2, data: { node, initialOffset: { top: 0, left: 0 } } });
  return tree;
}

/** The twin: walks by recursion. */
function openIds(tree: Tree, id: number, toggled: ReadonlySet<number>): number[] {
  const children = [...tree.children(id)].map((child) => child.id);
  const byDefault = id <= 3;
  return [id, ...(byDefault !== toggled.has(id) ? children.flatMap((child) => openIds(tree, child, toggled)) : [])];
}

describe('the outline of a page', () => {
  it('has the open rows in document order, and any page of them', () => {
    fc.assert(
      fc.property(
        fc.array(made, { maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 60 })),
        fc.nat(30),
        fc.nat(30),
        (nodes, ids, offset, limit) => {
          const tree = pageOf(nodes);
          const toggled = new Set(ids);
          const expected = openIds(tree, 1, toggled);
          const all = outline(tree, toggled, 0, 10_000);
          expect(all.rows.map(({ id }) => id)).toEqual(expected);
          expect(all.total).toBe(expected.length);
          expect(outline(tree, toggled, offset, limit).rows).toEqual(all.rows.slice(offset, offset + limit));
        },
      ),
    );
  });
  it('can be opened up to every node that a search finds', () => {
    fc.assert(
      fc.property(fc.array(made, { maxLength: 5 }), (nodes) => {
        const tree = pageOf(nodes);
        const { matches, total } = findInOutline(tree, 'DATA-NO', 10_000);
        expect(total).toBe(matches.length);
        expect(matches.map(({ id }) => id)).toEqual(
          tree
            .subtree(1)
            .filter((id) => id >= 10)
            .sort((a, b) => a - b),
        );
        for (const { id, path } of matches) {
          expect(path).toEqual(pathTo(tree, id));
          const toggled = new Set(path.slice(0, -1).flatMap((step) => (step.byDefault ? [] : [step.id])));
          expect(outline(tree, toggled, 0, 10_000).rows.some((row) => row.id === id)).toBe(true);
        }
      }),
    );
  });
  it('has no way to what is not on the page', () => {
    expect(pathTo(pageOf([]), 77)).toBeNull();
  });
});
