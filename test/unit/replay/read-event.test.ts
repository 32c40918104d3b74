import fc from 'fast-check';
import { expect, test } from 'vitest';
import { patch } from '../../../shared/replay/diff.ts';
import { MAX_DEPTH } from '../../../shared/replay/limits.ts';
import { fullSnapshot, incremental, meta, mutation, nodeFactory, type TestNode } from '../../support/replay-page.ts';
import { assertSound, testTree } from '../../support/replay-tree.ts';

const { element, text, page } = nodeFactory();
/** Document 1, doctype 2, html 3, head 4, body 5, p 6, b 7. */
const simple = () => page([], [element('p', {}, [element('b')])]);

function after(...events: unknown[]): ReturnType<typeof testTree> {
  const made = testTree();
  made.apply(...events);
  assertSound(made.tree);
  return made;
}
const withNode = (node: unknown) =>
  after(meta(1000), fullSnapshot(1010, simple()), mutation(1100, { adds: [{ parentId: 5, nextId: null, node }] }));

test.each([
  ['null', null, 'not an event'],
  ['a number', 7, 'not an event'],
  ['an unknown type', { type: 99, data: {}, timestamp: 1 }, 'unknown event type'],
  ['an unknown source', incremental(1, { source: 77 }), 'unknown event source'],
  ['missing data', { type: 3, timestamp: 1 }, 'event without data'],
  ['a snapshot of nothing', fullSnapshot(1, null), 'full snapshot without a page'],
  ['a snapshot of an element', fullSnapshot(1, element('p')), 'full snapshot without a page'],
  ['a mutation without lists', incremental(1, { source: 0, adds: [null, 4], removes: 'x' }), 'malformed mutation'],
  ['input without a node', incremental(1, { source: 5, text: 'x' }), 'event without a node'],
])('%s is left out and counted', (_name, event, reason) => expect(after(event).complaints).toContain(reason));

test('missing children, attributes and wrong kinds are repaired', () => {
  const { tree, complaints } = withNode({ type: 2, id: 20, tagName: 'p', attributes: null });
  expect(tree.tagOf(20)).toBe('p');
  expect(complaints).toContain('attributes missing');
  expect(withNode({ type: 2, id: 20, tagName: 'a b<c', attributes: {}, childNodes: [] }).tree.tagOf(20)).toBe('div');
  expect(withNode({ type: 2, id: 20, attributes: {}, childNodes: [] }).tree.get(20)).toBeDefined();
  expect(after(fullSnapshot(1, { type: 0, id: 1 })).tree.size).toBe(1);
});

test('a window of a billion pixels is clamped, one without a size gets one', () => {
  expect(after(meta(1000, 1e9, 1e9)).tree.viewport).toEqual({ width: 16_384, height: 16_384 });
  expect(after(meta(1000, Number.NaN, -4)).tree.viewport).toEqual({ width: 1, height: 1 });
  const { events } = patch(null, after(fullSnapshot(1010, simple())).tree, { timestamp: 1, scrollAll: true });
  expect(events.some(({ data }) => (data as { source?: number }).source === 4)).toBe(true);
});

test('a node cannot come below itself, directly or in a circle', () => {
  const self = { parentId: 50, nextId: 50, node: { ...element('p'), id: 50 } };
  expect(after(fullSnapshot(1, simple()), mutation(2, { adds: [self] })).tree.get(50)).toBeUndefined();
  const circle = [
    { parentId: 7, nextId: null, node: { ...element('p'), id: 6 } },
    { parentId: 6, nextId: null, node: { ...element('b'), id: 7 } },
  ];
  expect(after(fullSnapshot(1, simple()), mutation(2, { adds: circle })).complaints).toContain(
    'node moved into itself',
  );
});

test('of nodes with one id the last keeps it and all are shown', () => {
  const twice = page([], [element('p', { title: 'first' }), element('p', { title: 'second' })]);
  const body = twice.childNodes?.[1]?.childNodes?.[1];
  for (const child of body?.childNodes ?? []) child.id = 6;
  const { tree } = after(fullSnapshot(1, twice));
  expect([...tree.children(5)].map(({ attributes }) => attributes.title)).toEqual(['first', 'second']);
  expect(tree.get(6)?.attributes.title).toBe('second');
});

test('nesting without end, adds in the worst order and parents that never come cost linear time', () => {
  let deep: TestNode = { ...text('x'), id: 100_000 };
  for (let i = 20_000; i > 0; i--) deep = { type: 2, id: 100 + i, tagName: 'div', attributes: {}, childNodes: [deep] };
  const { tree, complaints } = after(
    fullSnapshot(1, { type: 0, id: 1, childNodes: [{ ...element('html', {}, [deep]), id: 3 }] }),
  );
  expect(tree.size).toBeLessThan(MAX_DEPTH + 3);
  expect(complaints).toContain('nested too deeply');

  const count = 20_000;
  const backwards = Array.from({ length: count }, (_, i) => ({
    parentId: 5,
    nextId: i === count - 1 ? null : 1001 + i,
    node: { ...element('i'), id: 1000 + i },
  }));
  expect(after(fullSnapshot(1, simple()), mutation(2, { adds: backwards })).tree.size).toBe(7 + count);
  const orphans = backwards.map((add, i) => ({ ...add, parentId: 900_000 + i }));
  expect(after(fullSnapshot(1, simple()), mutation(2, { adds: orphans })).tree.size).toBe(7);
});

test('whatever comes, nothing throws and the tree stays sound', () => {
  const junk = fc.oneof(fc.anything({ maxDepth: 2 }), fc.constantFrom(1, 3, 5, 6, -1, null, [], {}, 'style'));
  const node = fc.record({
    type: fc.oneof(fc.nat(6), junk),
    id: fc.oneof(fc.nat(12), junk),
    tagName: junk,
    attributes: junk,
    childNodes: junk,
    textContent: junk,
    isShadow: junk,
    isSVG: junk,
  });
  const change = fc.record({
    parentId: fc.oneof(fc.nat(12), junk),
    nextId: junk,
    previousId: junk,
    id: fc.oneof(fc.nat(12), junk),
    node: fc.oneof(node, junk),
    value: junk,
    attributes: junk,
  });
  const lists = fc.record({
    source: fc.nat(17),
    adds: fc.oneof(fc.array(change), junk),
    removes: fc.oneof(fc.array(change), junk),
    texts: fc.oneof(fc.array(change), junk),
    attributes: fc.oneof(fc.array(change), junk),
    id: fc.oneof(fc.nat(12), junk),
    styleId: junk,
    styles: junk,
    styleIds: junk,
    positions: junk,
    set: junk,
    index: junk,
    x: junk,
    width: junk,
  });
  const event = fc.record({
    type: fc.nat(7),
    timestamp: junk,
    data: fc.oneof(lists, fc.record({ node, initialOffset: junk }), junk),
  });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 12 }), (events) => {
      const made = after(meta(1000), fullSnapshot(1010, simple()), ...events);
      const { events: difference } = patch(null, made.tree, { timestamp: 1, scrollAll: true });
      const again = testTree();
      again.apply(...structuredClone(difference));
      expect(again.tree.size).toBe(made.tree.size);
    }),
    { numRuns: 100 },
  );
});
