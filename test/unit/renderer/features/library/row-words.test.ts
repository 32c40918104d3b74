import { describe, expect, it } from 'vitest';
import { describePlace, describeSource, readAddress } from '../../../../../renderer/features/library/place.ts';
import { readVerdict } from '../../../../../renderer/features/library/verdict.ts';

describe('readVerdict', () => {
  it.each([
    [null, 'none', 'Not analysed yet'],
    ['nothing wrong found', 'nothing-wrong', 'Nothing wrong found'],
    ['confirmed  click "Pay" -> POST /api/orders 500', 'confirmed', 'click "Pay" → POST /api/orders 500'],
    ['likely  a -> b', 'likely', 'a → b'],
    ['something else entirely', 'inconclusive', 'something else entirely'],
  ])('%j', (line, tone, text) => expect(readVerdict(line)).toEqual({ tone, text }));
});

describe('places', () => {
  it('shows paths, and the host where it changed', () => {
    expect(describePlace('https://a.test/cart?x=1', 'https://a.test/pay#top')).toBe('/cart → /pay');
    expect(describePlace('https://a.test/cart', 'https://a.test/cart?y')).toBe('/cart');
    expect(describePlace('https://a.test/', 'https://b.test/pay')).toBe('/ → b.test/pay');
  });
  it('shows what is no address as it is', () =>
    expect(readAddress('about page')).toEqual({ host: '', path: 'about page' }));
  it('names sources', () => {
    const servers = new Map([['s1', 'Acme']]);
    expect(describeSource('server:s1', servers)).toBe('Acme');
    expect(describeSource('server:s2', servers)).toBe('Removed server');
    expect(describeSource('file:a:b.json', servers)).toBe('a:b.json');
    expect(describeSource('demo', servers)).toBe('Demo');
  });
});
