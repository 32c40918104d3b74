import { describe, expect, it } from 'vitest';
import { findHits, firstHit, searchable } from '../../../../../renderer/features/session/find/find-hits.ts';
import { GenerationId } from '../../../../../shared/model/identity.ts';
import { NoteId } from '../../../../../shared/model/marks.ts';
import type { Signal } from '../../../../../shared/model/signal.ts';

const generation = GenerationId.parse('g1');
const signal = (part: Partial<Signal> & Pick<Signal, 'id' | 'kind' | 'at' | 'text'>): Signal => ({
  severity: 'info',
  page: 'https://shop.example/checkout',
  window: 'w',
  events: [{ generation, seq: 0 }],
  details: {},
  ...part,
});

const all = searchable(
  [
    signal({
      id: 's0',
      kind: 'click',
      at: 1000,
      text: 'Click "Pay"',
      element: { node: 7, selector: '#pay', label: 'Pay' },
    }),
    signal({
      id: 's1',
      kind: 'request',
      at: 1010,
      text: 'POST /api/orders -> 500',
      details: {
        url: 'https://shop.example/api/orders?cart=~1f',
        method: 'POST',
        status: 500,
        failure: null,
        shape: null,
      },
    }),
    signal({
      id: 's2',
      kind: 'console',
      at: 1500,
      text: 'console.warn: slow',
      details: { level: 'warn', args: ['slow', '{Cart: 1}'], stack: null },
    }),
  ],
  [{ id: NoteId.parse('8f14e45f-ceea-4670-a0b1-2a6e9a5a7a11'), at: 1200, text: 'Here the cart is empty' }],
  1000,
);

describe('find in session', () => {
  it('looks into everything that the panes show, in any case, in the order of time', () => {
    expect(findHits(all, 'CART').map(({ place, atMs }) => [place, atMs])).toEqual([
      ['network', 10],
      ['notes', 200],
      ['console', 500],
    ]);
    expect(findHits(all, '#pay')).toEqual([{ id: 's0', place: 'actions', atMs: 0, text: 'Click "Pay"', node: 7 }]);
  });
  it('wants all words, and finds nothing for none', () => {
    expect(findHits(all, 'orders 500').map(({ text }) => text)).toEqual(['POST /api/orders → 500']);
    expect(findHits(all, 'orders 404')).toEqual([]);
    expect(findHits(all, '  ')).toEqual([]);
  });
  it('goes first to what comes next, and round the end', () => {
    const hits = findHits(all, 'cart');
    expect([0, 15, 501].map((atMs) => firstHit(hits, atMs))).toEqual([0, 1, 0]);
    expect(firstHit([], 0)).toBe(-1);
  });
});
