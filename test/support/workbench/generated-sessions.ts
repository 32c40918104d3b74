import { SessionKey } from '../../../shared/model/identity.ts';
import { ACTIVITY_BUCKETS, type SessionRow } from '../../../shared/model/session.ts';

const USERS = [
  'ada@acme.test',
  'grace@acme.test',
  null,
  'linus@kernel.test',
  'margaret.hamilton@apollo.test',
  null,
  'k.johnson@orbit.test',
];
const PATHS = [
  '/',
  '/cart',
  '/checkout',
  '/checkout/payment',
  '/account/orders',
  '/search',
  '/products/blue-kettle-with-a-long-name',
];
const VERDICTS = [
  'confirmed  click "Pay" -> POST /api/orders 500 -> no effect -> 4 rage clicks',
  'nothing wrong found',
  'likely  search "kettle" -> answers out of order -> stale results shown',
  'nothing wrong found',
  null,
  'inconclusive  click "Continue" -> no visible effect within 3 s',
];
const BROWSERS = ['Chrome', 'Firefox', 'Chrome', 'Safari', null];
const FAULTS = ['server-error-swallowed', 'stale-response-race', 'dead-control'] as const;
const SOURCES = ['server:team', 'server:team', 'demo', 'file:checkout-bug.json.gz'];

/** Start of the first generated session; ms since epoch. */
const FIRST_AT = Date.UTC(2026, 4, 12, 14, 3, 7);

const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

/** The key of generated session `index`. */
export const keyOf = (index: number): SessionKey => SessionKey.parse(index.toString(16).padStart(32, '0'));

/** Generated session `index`: the same each time, and different enough that every column shows something. */
export function generatedSession(index: number): SessionRow {
  const verdict = pick(VERDICTS, index);
  const wrong = verdict !== null && !verdict.startsWith('nothing');
  const frustrations = wrong ? index % 6 : 0;
  return {
    key: keyOf(index),
    source: pick(SOURCES, index),
    sessionId: `s-${index}`,
    startedAt: FIRST_AT - index * 137_000,
    durationMs: 42_300 + ((index * 7919) % 3_700_000),
    entryUrl: `https://shop.acme.test${pick(PATHS, index)}?q=~1f3a`,
    exitUrl: `https://shop.acme.test${pick(PATHS, index + (index % 3))}`,
    user: pick(USERS, index),
    userAgent: 'Mozilla/5.0 (X11; Linux x64) Chrome/150',
    release: index % 4 === 3 ? null : `2.${index % 5}.${index % 3}`,
    events: 300 + ((index * 31) % 9000),
    clicks: (index * 3) % 41,
    errors: wrong ? index % 4 : 0,
    failedRequests: wrong ? 1 + (index % 2) : 0,
    frustrations,
    bytes: 40_000 + ((index * 7717) % 4_000_000),
    state: index % 9 === 8 ? 'index' : 'downloaded',
    verdict,
    notice: index % 17 === 16 ? '12 events between 0:31.0 and 0:34.2 did not arrive' : null,
    fault: wrong ? pick(FAULTS, index) : null,
    browser: pick(BROWSERS, index),
    frustrationScore: frustrations * 3,
    frustrationKinds: frustrations > 0 ? { 'rage-click': frustrations } : {},
    activity: Array.from({ length: ACTIVITY_BUCKETS }, (_, part) => (index * 7 + part * part * 5) % 13),
    tags: index % 10 === 0 ? ['checkout', 'vip'] : [],
    notes: 0,
    pinned: false,
  };
}
