import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../shared/analysis/index.ts';
import { type Bracket, readClockOffset } from '../../../shared/facts/backend/clock.ts';
import { deriveSession, type Fact, isFact } from '../../../shared/facts/index.ts';
import { Diagnosis } from '../../../shared/model/finding.ts';
import type { PlacedEvent } from '../../../shared/model/recorded-event.ts';
import { Signal } from '../../../shared/model/signal.ts';
import { BackendBuilder } from '../../support/backend-builder.ts';
import { faulty, TROUBLE_AT } from '../../support/fault-scenarios.ts';
import { SessionBuilder, STARTED_AT } from '../../support/session-builder.ts';

const HOUR_MS = 3_600_000;

const backendFacts = (events: readonly PlacedEvent[]): Fact<'backend'>[] =>
  deriveSession(events).signals.filter((signal) => isFact(signal, 'backend'));

describe('the clock of a backend', () => {
  const legs = fc.record({
    gapMs: fc.integer({ min: 1, max: 5000 }),
    thereMs: fc.integer({ min: 0, max: 400 }),
    workMs: fc.integer({ min: 0, max: 900 }),
    backMs: fc.integer({ min: 0, max: 400 }),
  });
  /** Requests one after the other, as both sides saw them; `aheadMs` of the backend's clock at each. */
  const seen = (requests: readonly { gapMs: number; thereMs: number; workMs: number; backMs: number }[]) => {
    let now = 0;
    return requests.map(({ gapMs, thereMs, workMs, backMs }) => {
      const sentAt = now + gapMs;
      const [cameAt, headAt] = [sentAt + thereMs, sentAt + thereMs + workMs];
      now = headAt + backMs;
      return { sentAt, cameAt, headAt, receivedAt: now };
    });
  };
  const bracket = (
    { sentAt, cameAt, headAt, receivedAt }: ReturnType<typeof seen>[number],
    aheadMs: number,
  ): Bracket => ({
    ...{ at: cameAt + aheadMs, lowMs: sentAt - (cameAt + aheadMs), highMs: receivedAt - (headAt + aheadMs) },
  });

  test('is corrected so that each request lies between its sending and its answer, and no better guess is possible', () => {
    fc.assert(
      fc.property(
        fc.array(legs, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: -30 * 24 * HOUR_MS, max: 30 * 24 * HOUR_MS }),
        (requests, aheadMs) => {
          const both = seen(requests);
          const offset = readClockOffset(both.map((one) => bracket(one, aheadMs)));
          const width =
            Math.min(...requests.map(({ thereMs }) => thereMs)) + Math.min(...requests.map((r) => r.backMs));
          for (const { sentAt, cameAt, headAt, receivedAt } of both) {
            const off = offset(cameAt + aheadMs) ?? Number.NaN;
            expect(cameAt + aheadMs + off).toBeGreaterThanOrEqual(sentAt - 1);
            expect(headAt + aheadMs + off).toBeLessThanOrEqual(receivedAt + 1);
            expect(Math.abs(off + aheadMs)).toBeLessThanOrEqual(width / 2);
          }
        },
      ),
    );
  });

  test('that is set while it runs is corrected on both sides of that moment', () => {
    fc.assert(
      fc.property(
        fc.array(legs, { minLength: 2, maxLength: 12 }),
        fc.nat(),
        // Far enough that no bracket spans both.
        fc.integer({ min: 20_000, max: HOUR_MS }),
        (requests, cut, jumpMs) => {
          const both = seen(requests);
          const from = 1 + (cut % (both.length - 1));
          const ahead = (index: number): number => (index < from ? 0 : jumpMs);
          const offset = readClockOffset(both.map((one, index) => bracket(one, ahead(index))));
          for (const [index, { sentAt, cameAt, headAt, receivedAt }] of both.entries()) {
            const off = offset(cameAt + ahead(index)) ?? Number.NaN;
            expect(cameAt + ahead(index) + off).toBeGreaterThanOrEqual(sentAt - 1);
            expect(headAt + ahead(index) + off).toBeLessThanOrEqual(receivedAt + 1);
          }
        },
      ),
    );
  });

  test('is not known without a request both saw, and a request never answered moves it no further than it must', () => {
    expect(readClockOffset([])(5)).toBeNull();
    expect(readClockOffset([{ at: 0, lowMs: -50, highMs: Number.POSITIVE_INFINITY }])(0)).toBe(0);
    expect(readClockOffset([{ at: 0, lowMs: 500, highMs: Number.POSITIVE_INFINITY }])(0)).toBe(499);
    expect(readClockOffset([{ at: 0, lowMs: 10, highMs: -10 }])(0)).toBeNull();
  });
});

describe('what a backend recorded', () => {
  const session = () => {
    const pages = new SessionBuilder();
    const request = pages.request(2000, 'https://shop.test/api/orders', { method: 'POST', answerMs: 100, status: 201 });
    pages.end(60_000);
    const backend = new BackendBuilder(5 * HOUR_MS);
    const id = backend.answer({ request, at: 2030, tookMs: 40, status: 201, path: '/api/orders/4711' });
    backend.log(2050, 'card accepted', { request: id, level: 'warn' });
    return { pages, backend, id };
  };

  test('becomes signals in the page’s time, of the page and tab that asked', () => {
    const { pages, backend } = session();
    const { signals, summary } = deriveSession([...backend.events(), ...pages.events()]);
    for (const signal of signals) Signal.parse(signal);
    const [answer, log] = signals.filter((signal) => isFact(signal, 'backend'));
    expect(answer).toMatchObject({
      ...{
        text: 'orders: POST /api/orders/:id -> 201',
        severity: 'info',
        window: 'w1',
        page: 'https://shop.test/checkout',
      },
      details: { type: 'request', page: { generation: 'g0', request: 'r1' }, offsetMs: -5 * HOUR_MS },
    });
    expect(answer?.at).toBe(STARTED_AT + 2030);
    expect(answer?.endAt).toBe(STARTED_AT + 2070);
    expect(log).toMatchObject({ at: STARTED_AT + 2050, severity: 'warning', text: 'orders: warn: card accepted' });
    // The session itself begins and ends as its page says.
    expect(summary).toMatchObject({ startedAt: STARTED_AT, durationMs: 60_000, skipped: 0, errors: 0 });
    expect(summary.events).toBe(pages.events().length + backend.events().length);
  });

  test('stays within the session where nothing tells the time, and says so', () => {
    const backend = new BackendBuilder(5 * HOUR_MS);
    backend.answer({ request: 'r77', at: 2030, tookMs: 40 });
    const [answer] = backendFacts([...new SessionBuilder().end(9000).events(), ...backend.events()]);
    expect(answer).toMatchObject({ at: STARTED_AT + 9000, details: { offsetMs: null } });
    const alone = deriveSession(backend.events());
    expect(alone.summary.startedAt).toBe(backend.clock(0));
    expect(alone.signals).toHaveLength(1);
  });

  test('is missed where it did not arrive, and left out where it is not of the promised form', () => {
    const { pages, backend } = session();
    const gap = deriveSession([...pages.events(), ...backend.events().filter(({ seq }) => seq !== 1)]).signals.find(
      (signal) => isFact(signal, 'gap'),
    );
    expect(gap).toMatchObject({ window: 'backend_orders', details: { missing: 1 } });
    const broken = backend.events().map((placed) => ({
      ...placed,
      event: { ...placed.event, data: { plugin: 'traceflow/backend-log@1', payload: { level: 'loud' } } },
    }));
    const { signals, summary } = deriveSession([...pages.events(), ...broken]);
    expect(signals.filter(({ kind }) => kind === 'backend')).toEqual([]);
    expect(summary.skipped).toBe(broken.length);
    // Whatever calls itself a backend shows no page and no click.
    const disguised = pages.events().map((placed) => ({ ...placed, window: 'backend_x', generation: 'gx' }));
    expect(deriveSession([...pages.events(), ...disguised]).signals).toEqual(deriveSession(pages.events()).signals);
  });
});

describe('the diagnosis of a failed request', () => {
  const failing = () => {
    const pages = faulty('server-error-swallowed');
    const backend = new BackendBuilder(-90_000);
    const id = backend.answer({ request: 'r1', at: TROUBLE_AT + 10, tookMs: 20, status: 500 });
    return { pages, backend, id };
  };
  const chainOf = (pages: SessionBuilder, backend: BackendBuilder) => {
    const { signals, summary } = deriveSession([...pages.events(), ...backend.events()]);
    const ends = { startedAt: summary.startedAt, endedAt: summary.startedAt + summary.durationMs };
    return Diagnosis.parse(diagnose({ signals, ...ends })).findings[0]?.chain ?? [];
  };

  test('names what the backend recorded while it answered, the error nobody caught before all else', () => {
    const { pages, backend, id } = failing();
    backend.error(TROUBLE_AT + 15, 'card processor unreachable', { request: id });
    backend.log(TROUBLE_AT + 17, 'answering 500', { level: 'error', request: id });
    const chain = chainOf(pages, backend);
    expect(chain.slice(0, 4).map(({ role }) => role)).toEqual(['action', 'request', 'backend', 'response']);
    expect(chain[2]).toMatchObject({
      text: 'orders: PaymentError: card processor unreachable',
      edge: { rule: 'backend-names-request', strength: 1 },
    });
    expect(chain[2]?.at).toBeGreaterThan(chain[1]?.at ?? 0);
    expect(chain[2]?.at).toBeLessThan(chain[3]?.at ?? 0);
  });

  test('takes no word of another request, and none that tells of no error', () => {
    const { pages, backend, id } = failing();
    const other = backend.answer({ request: 'r99', at: TROUBLE_AT + 10, tookMs: 20, status: 500 });
    backend.error(TROUBLE_AT + 15, 'somebody else', { request: other });
    backend.log(TROUBLE_AT + 16, 'nothing special', { request: id });
    backend.error(TROUBLE_AT + 16, 'of no request at all');
    expect(chainOf(pages, backend).map(({ role }) => role)).not.toContain('backend');
  });
});
