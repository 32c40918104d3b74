import fc from 'fast-check';
import { RENDER_MS } from '../../shared/facts/limits.ts';
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
  const placed: Placed[] = [];
  for (const piece of noise) {
    if (BY_HAND.has(piece.kind)) {
      if (calmAt > TROUBLE_AT - 2 * BY_HAND_MS) continue;
      calmAt += BY_HAND_MS;
    }
    placed.push({ ...piece, calmAt });
  }
  const acts = session.clickTimes;
  for (const piece of placed) if (!looksCaused(piece, placed, acts)) NOISE[piece.kind](session, piece);
  return session;
}

/** When a piece changes the page without the person's doing, ms after it began. */
const CHANGES_AFTER_MS: Partial<Record<Noise['kind'], number>> = { recoveredRetry: 284, poll: 44 };

/** A tracked click's request fails this long after the click; a change this soon after that reads as its message, ms. */
const FAILS_AFTER_MS = 43;
const MESSAGE_MS = 2 * RENDER_MS;

/** An answer that was read this long before its change can be told from a click in between by nobody, ms. */
const RENDERING_MS = 5;

/**
 * A change that another answer brings at the very moment a tracked click's request fails is, in any recording, the same as
 * a message about the failure, and one at the very moment of a click the same as its effect: no reader could know
 * better, so it is no ordinary noise.
 */
function looksCaused({ kind, at }: Placed, all: readonly Placed[], acts: readonly number[]): boolean {
  const after = CHANGES_AFTER_MS[kind];
  if (after === undefined) return false;
  const changeAt = at + after;
  return (
    acts.some((actAt) => changeAt >= actAt && changeAt - actAt <= RENDERING_MS) ||
    all.some(
      (other) => other.kind === 'trackedClick' && Math.abs(changeAt - (other.calmAt + FAILS_AFTER_MS)) <= MESSAGE_MS,
    )
  );
}

const BY_HAND: ReadonlySet<Noise['kind']> = new Set(['doubleClick', 'stepper', 'trackedClick', 'typing', 'strayClick']);
/** Time between two things done by hand. */
const BY_HAND_MS = 1100;
