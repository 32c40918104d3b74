import { expect, test } from 'vitest';
import { createStrictPolicy } from '../../../shared/replay/sanitise.ts';
import { fullSnapshot, meta, mutation, nodeFactory } from '../../support/replay-page.ts';
import { testTree } from '../../support/replay-tree.ts';

const policy = createStrictPolicy({ blocked: () => {}, dropped: () => {} });

test.each([
  ['a', 'href', 'https://shop.example/', 'https://shop.example/'],
  ['a', 'href', 'javascript:alert(1)', 'data:,'],
  ['img', 'src', 'https://x/a.png', 'data:,'],
  ['img', 'src', 'data:image/png;base64,AA', 'data:image/png;base64,AA'],
  ['img', 'srcset', 'https://x/a 1x, data:,y 2x', null],
  ['img', 'srcset', 'data:image/png;base64,AA 1x', 'data:image/png;base64,AA 1x'],
  ['img', 'src', 'file:///etc/passwd', 'data:,'],
  ['img', 'src', 'traceflow://import', 'data:,'],
  ['img', 'onerror', 'x()', null],
  ['div', 'ONCLICK', 'x()', null],
  ['iframe', 'src', 'data:text/html,x', null],
  ['iframe', 'srcdoc', '<p>', null],
  ['object', 'data', 'data:text/html,x', null],
  ['link', 'href', 'data:text/css,@import "http://x"', null],
  ['base', 'href', 'https://x/', null],
  ['meta', 'http-equiv', 'refresh', null],
  ['meta', 'content', 'https://x/', 'https://x/'],
  ['input', 'autofocus', '', null],
  ['video', 'poster', '//x/y', 'data:,'],
  ['video', 'src', 'data:application/vnd.apple.mpegurl,#EXTM3U', 'data:,'],
  ['set', 'to', 'https://x/a', null],
  ['rect', 'fill', 'url(https://x/a#b)', 'url("data:,")'],
  ['use', 'xlink:href', '#icon', '#icon'],
  ['svg', 'xmlns', 'http://www.w3.org/2000/svg', 'http://www.w3.org/2000/svg'],
  ['div', 'data-url', 'https://x/', 'https://x/'],
  ['div', 'style', 'background:url(https://x)', 'background:url("data:,")'],
  ['div', 'a b', 'x', null],
  ['div', '__proto__', 'x', null],
] as const)('<%s %s="%s"> becomes %s', (tag, name, value, safe) => {
  expect(policy.attribute(tag, name, value)).toBe(safe);
});

test.each([
  ['div', false, 'div'],
  ['my-element', false, 'my-element'],
  ['script', false, 'noscript'],
  ['SCRIPT', false, 'noscript'],
  ['script', true, 'g'],
  ['svg:script', true, 'g'],
  ['a b<c', false, 'div'],
  ['', false, 'div'],
  ['portal', false, 'div'],
] as const)('tag %s (svg %s) is built as %s', (tag, svg, built) => expect(policy.tag(tag, svg)).toBe(built));

test('css cut into several texts of one style element is judged as a whole, in a snapshot and in later changes', () => {
  const { element, text, page } = nodeFactory();
  const { tree, apply, blocked } = testTree();
  apply(meta(1000), fullSnapshot(1010, page([element('style', {}, [text('@imp'), text('ort "http://x/a";')])], [])));
  const css = (): string => [...tree.children(5)].map((child) => child.text).join('');
  expect(css()).not.toContain('http');
  apply(
    mutation(1100, {
      texts: [
        { id: 6, value: 'a{background:url' },
        { id: 7, value: '(http://x/b)}' },
      ],
    }),
  );
  expect(css()).not.toContain('http');
  expect(blocked).toContain('http://x/b');
});
