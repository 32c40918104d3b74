import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskSrcset, maskUrl, shortHash } from '../../../sdk/web/src/privacy/url.ts';

describe('maskUrl', () => {
  it.each([
    ['https://a.example/p/1?x=&flag#top', 'https://a.example/p/1?x=&flag#top'],
    ['https://u:p%40@a.example/p', 'https://a.example/p'],
    ['//u:p@a.example/p', '//a.example/p'],
    ['/users/7/edit', '/users/7/edit'],
    ['javascript:alert(1)', 'javascript:'],
    ['data:text/html,hello', 'data:text/html'],
    ['blob:https://a.example/123', 'blob:'],
    ['', ''],
  ])('%s -> %s', (url, masked) => {
    expect(maskUrl(url)).toBe(masked);
  });

  it.each([
    ['/a?q=shoes', /^\/a\?q=~[0-9a-f]{4}$/],
    ['/a?ann@example.com', /^\/a\?~[0-9a-f]{4}$/],
    ['/a#access_token=abc&state=1', /^\/a#access_token=~[0-9a-f]{4}&state=~[0-9a-f]{4}$/],
    ['/a#/cart?step=two', /^\/a#\/cart\?step=~[0-9a-f]{4}$/],
    ['/u/ann@example.com/x', /^\/u\/~[0-9a-f]{4}\/x$/],
    ['/u/ann%40example.com', /^\/u\/~[0-9a-f]{4}$/],
    ['mailto:ann@example.com', /^mailto:~[0-9a-f]{4}$/],
  ])('%s is masked', (url, pattern) => {
    expect(maskUrl(url)).toMatch(pattern);
  });

  const word = fc.stringMatching(/^[A-Z]{6,12}$/);
  it('keeps no query value, credential or parameter of a fragment, and keeps what is equal equal', () => {
    fc.assert(
      fc.property(word, word, word, word, (user, pass, value, other) => {
        const url = (v: string) => `https://${user}:${pass}@example.com/path?k=${v}&l=${v}#t=${v}`;
        const masked = maskUrl(url(value));
        for (const secret of [user, pass, value]) expect(masked).not.toContain(secret);
        expect(maskUrl(url(value))).toBe(masked);
        expect(maskUrl(url(other)) === masked).toBe(shortHash(other) === shortHash(value));
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii', maxLength: 60 }), (text) => typeof maskUrl(text) === 'string'),
    );
  });

  it('masks each candidate of a srcset', () => {
    expect(maskSrcset('/a.png?s=1 1x, /b.png?s=2 2x')).toMatch(/^\/a\.png\?s=~\w{4} 1x, \/b\.png\?s=~\w{4} 2x$/);
  });
});
