import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activityOf } from '../../../main/engine/analyst/activity.ts';
import { browserOf } from '../../../main/engine/store/browser-of.ts';
import { countFrustrations, frustrationScore } from '../../../shared/analysis/frustration-score.ts';
import { ACTIVITY_BUCKETS } from '../../../shared/model/session.ts';
import type { Signal } from '../../../shared/model/signal.ts';

const signal = (kind: Signal['kind'], at: number): Signal => ({
  id: `s${at}`,
  kind,
  at,
  severity: 'info',
  page: '',
  text: '',
  window: 'w',
  events: [],
  details: {},
});

describe('activity', () => {
  it('counts everything that happened once, in parts of equal length', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 80 }), (times) => {
        const parts = activityOf(
          times.map((at) => signal('click', 500 + at)),
          500,
          10_000,
        );
        expect(parts).toHaveLength(ACTIVITY_BUCKETS);
        const byHand = parts.map((_, part) => {
          const inPart = (at: number) => Math.min(ACTIVITY_BUCKETS - 1, Math.floor((at / 10_000) * ACTIVITY_BUCKETS));
          return times.filter((at) => inPart(at) === part).length;
        });
        expect(parts).toEqual(byHand);
      }),
    );
  });
  it('is nothing where nothing happened, and bounded where very much did', () => {
    expect(activityOf([signal('console', 5)], 0, 10)).toEqual([]);
    const busy = activityOf(
      Array.from({ length: 1000 }, () => signal('request', 0)),
      0,
      0,
    );
    expect(busy[0]).toBe(255);
  });
});

it.each([
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36', 'Chrome'],
  ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0', 'Edge'],
  [
    'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 OPR/115.0',
    'Opera',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0', 'Firefox'],
  ['Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15', 'Safari'],
  ['Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/130.0 Mobile/15E148 Safari/604.1', 'Chrome'],
  ['curl/8.5.0', 'Other'],
  ['', null],
  [null, null],
])('%s is %s', (userAgent, browser) => {
  expect(browserOf(userAgent)).toBe(browser);
});

it('a frustration score is the sum of weights, and its reasons are counted by kind', () => {
  const moments = [
    { kind: 'rage-click' },
    { kind: 'dead-click' },
    { kind: 'rage-click' },
    { kind: 'error-click' },
  ] as const;
  expect(frustrationScore(moments)).toBe(9);
  expect(countFrustrations(moments)).toEqual({ 'rage-click': 2, 'dead-click': 1, 'error-click': 1 });
  expect([frustrationScore([]), countFrustrations([])]).toEqual([0, {}]);
});
