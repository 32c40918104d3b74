import fc from 'fast-check';
import { TROUBLE_AT } from './fault-scenarios.ts';
import type { SessionBuilder } from './session-builder.ts';

/** One piece of what happens in any real session without anything being wrong. */
export interface Noise {
  readonly kind: keyof typeof NOISE;
  /** Anywhere in the session. */
  readonly at: number;
}

interface Placed extends Noise {
  /** Before the trouble, one after the other: a person has one pointer. */
  readonly calmAt: number;
}

const POLL_REGION = 7;
const TICKER_REGION = 8;

const NOISE = {
  beacon404: (session: SessionBuilder, { at }: Placed) =>
    session.request(at, 'https://stats.test/collect', { method: 'POST', kind: 'beacon', status: 404 }),
  metrics404: (session: SessionBuilder, { at }: Placed) =>
    session.request(at, 'https://shop.test/metrics/page', { method: 'POST', status: 404 }),
  deprecation: (session: SessionBuilder, { at }: Placed) => session.console(at, 'warn', 'x is deprecated'),
  thirdParty: (session: SessionBuilder, { at }: Placed) => session.console(at, 'error', 'widget: failed to init'),
  resizeLoop: (session: SessionBuilder, { at }: Placed) =>
    session.error(at, { name: 'Error', message: 'ResizeObserver loop completed with undelivered notifications.' }),
  image: (session: SessionBuilder, { at }: Placed) =>
    session.error(at, { kind: 'resource', message: 'Failed to load img', source: 'https://cdn.test/a.png' }),
  abortedPrefetch: (session: SessionBuilder, { at }: Placed) =>
    session.request(at, 'https://shop.test/api/next', { failure: 'aborted', answerMs: 20 }),
  recoveredRetry(session: SessionBuilder, { at }: Placed) {
    session.request(at, 'https://shop.test/api/recommendations', { status: 503 });
    session.request(at + 240, 'https://shop.test/api/recommendations');
    session.change(at + 284, POLL_REGION);
  },
  poll(session: SessionBuilder, { at }: Placed) {
    session.request(at, 'https://shop.test/api/notifications', { shape: '{unread:number}' });
    session.change(at + 44, POLL_REGION);
  },
  failingPoll: (session: SessionBuilder, { at }: Placed) =>
    session.request(at, 'https://shop.test/api/presence', { status: 500 }),
  ticker(session: SessionBuilder) {
    for (let at = 300; at < 30_000; at += 700) session.change(at, TICKER_REGION, 'ambient');
  },
  doubleClick(session: SessionBuilder, { calmAt }: Placed) {
    const button = session.button('Wish list');
    session.click(calmAt, button, { changesMs: 15 });
    session.click(calmAt + 180, button, { changesMs: 15 });
  },
  stepper(session: SessionBuilder, { calmAt }: Placed) {
    const plus = session.button('+');
    for (let i = 0; i < 4; i += 1) session.click(calmAt + i * 160, plus, { changesMs: 8 });
  },
  trackedClick(session: SessionBuilder, { calmAt }: Placed) {
    const action = session.click(calmAt, session.button('Details'), { changesMs: 10 });
    session.request(calmAt + 3, 'https://shop.test/api/seen', { method: 'POST', status: 500, action });
  },
  typing: (session: SessionBuilder, { calmAt }: Placed) => session.input(calmAt, session.element('input', 'Name')),
  strayClick: (session: SessionBuilder, { calmAt }: Placed) => session.click(calmAt, session.element('div', 'Text')),
} as const;

/** Any amount of ordinary noise. */
export const ordinaryNoise = (): fc.Arbitrary<Noise[]> =>
  fc.array(
    fc.record({
      kind: fc.constantFrom(...(Object.keys(NOISE) as Noise['kind'][])),
      at: fc.integer({ min: 200, max: 27_000 }),
    }),
    { maxLength: 12 },
  );

/** Adds noise to a session. */
export function addNoise(session: SessionBuilder, noise: readonly Noise[]): SessionBuilder {
  let calmAt = 300;
  for (const piece of noise) {
    if (BY_HAND.has(piece.kind)) {
      if (calmAt > TROUBLE_AT - 2 * BY_HAND_MS) continue;
      calmAt += BY_HAND_MS;
    }
    NOISE[piece.kind](session, { ...piece, calmAt });
  }
  return session;
}

const BY_HAND: ReadonlySet<Noise['kind']> = new Set(['doubleClick', 'stepper', 'trackedClick', 'typing', 'strayClick']);
/** Time between two things done by hand. */
const BY_HAND_MS = 1100;
