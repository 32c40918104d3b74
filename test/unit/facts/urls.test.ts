import { describe, expect, test } from 'vitest';
import { pageName, readAddress, routeOf } from '../../../shared/facts/urls.ts';

describe('addresses', () => {
  test.each([
    ['/api/orders/123', '/api/orders/:id'],
    ['/api/users/3f2a9c01/cart', '/api/users/:id/cart'],
    ['/api/x/0b6c1f9e-8f0a-4a52-9d4b-1c2d3e4f5a6b', '/api/x/:id'],
    ['/product/copper-lantern', '/product/copper-lantern'],
    ['/api/v2/items', '/api/v2/items'],
    ['/product/p12', '/product/:id'],
  ])('route of %s', (path, route) => expect(routeOf(path)).toBe(route));

  test('pages have no query, whatever they are', () => {
    expect(pageName('https://a.test/x?y=1#z')).toBe('https://a.test/x');
    expect(pageName('about:blank')).toBe('about:blank');
    expect(pageName('not an address?x')).toBe('not an address');
    expect(readAddress('/api?q=1', 'https://a.test/x')).toEqual({
      ...{ href: 'https://a.test/api?q=1', origin: 'https://a.test', path: '/api' },
    });
  });
});
