import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeCss } from '../../../shared/replay/safe-css.ts';

const clean = (css: string): { css: string; blocked: string[] } => {
  const blocked: string[] = [];
  return { css: safeCss(css, (url) => blocked.push(url)), blocked };
};

test.each([
  'a{color:red}',
  'a{background:url(data:image/png;base64,AA==)}',
  'a{filter:url(#f)}',
  'a::after{content:"Price: 5"}',
  '@namespace svg url(http://www.w3.org/2000/svg);svg|a{}',
  'a{width:calc(1px + var(--x))}',
  '@font-face{src:local("A"),url("data:font/woff2;base64,AA")}',
  '/* url(http://x/) is only mentioned */a{}',
])('keeps %s', (css) => expect(clean(css)).toEqual({ css, blocked: [] }));

test.each([
  ['a{background:url(http://x/a)}', 'a{background:url("data:,")}'],
  ["a{background:url( 'http://x/a' )}", 'a{background:url("data:,")}'],
  ['a{background:\\75\\72 l(http://x/a)}', 'a{background:url("data:,")}'],
  ['a{background:url(relative.png)}', 'a{background:url("data:,")}'],
  ['a{background:url(http://x/\\)b)}', 'a{background:url("data:,")}'],
  ['a{background:image-set("http://x/a" 1x)}', 'a{background:image-set("" 1x)}'],
  ['@import "http://x/a";b{}', ' b{}'],
  ['@import url(http://x/a) screen;b{}', ' b{}'],
  ['@\\69mport "a";b{}', ' b{}'],
  ['@im@import "x";port "y";', '@im port "y";'],
  ['a{background:url(http://x/a', 'a{background:url("data:,")'],
  ['/* " */a{background:url(http://x/a)/* " */}', '/* " */a{background:url("data:,")/* " */}'],
  ['a{content:"\\"" url(http://x/a)}', 'a{content:"\\"" url("data:,")}'],
])('%s becomes %s', (css, safe) => {
  expect(clean(css).css).toBe(safe);
  expect(clean(css).blocked.length).toBeGreaterThan(0);
});

test('is stable: what it returned needs nothing more', () => {
  const piece = fc.constantFrom(
    'url(',
    ')',
    '"',
    "'",
    '\\',
    '@import ',
    ';',
    '{',
    '}',
    '/*',
    '*/',
    'http://x',
    '\n',
    'a',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const { css } = clean(pieces.join(''));
      expect(clean(css).css).toBe(css);
    }),
    { numRuns: 2000 },
  );
});
