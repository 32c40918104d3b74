import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deriveSession } from '../../../shared/facts/index.ts';
import { EventType, type PlacedEvent } from '../../../shared/model/recorded-event.ts';
import { Signal } from '../../../shared/model/signal.ts';
import { FAULTY, faulty, healthy, type ScenarioName } from '../../support/fault-scenarios.ts';
import { SessionBuilder, STARTED_AT } from '../../support/session-builder.ts';

const place = (seq: number, event: { type: number; data: unknown; timestamp: number }): PlacedEvent => ({
  ...{ window: 'w1', generation: 'g0', seq },
  event,
});

describe('deriveSession', () => {
  test.each(Object.keys(FAULTY) as ScenarioName[])('%s: signals keep their contract', (name) => {
    const { signals } = deriveSession(faulty(name).events());
    expect(signals.map((signal) => Signal.parse(signal).id)).toEqual(signals.map((_, index) => `s${index}`));
    expect(signals.map(({ at }) => at)).toEqual(signals.map(({ at }) => at).toSorted((a, b) => a - b));
  });

  test('sums a session up', () => {
    const { summary } = deriveSession(healthy().events());
    expect(summary).toEqual({
      ...{ startedAt: STARTED_AT, durationMs: 30_000, events: healthy().events().length, clicks: 2, errors: 0 },
      ...{ entryUrl: 'https://shop.test/', exitUrl: 'https://shop.test/thanks' },
      ...{ user: null, userAgent: 'test', release: null, failedRequests: 0, repeated: 0, skipped: 0 },
    });
  });

  test('failed requests leave out aborted ones and beacons, errors leave out resources', () => {
    const session = new SessionBuilder();
    session.request(10, 'https://shop.test/a', { status: 404 });
    session.request(20, 'https://shop.test/b', { failure: 'network' });
    session.request(30, 'https://shop.test/c', { failure: 'aborted' });
    session.request(40, 'https://shop.test/d', { status: 500, kind: 'beacon' });
    session.error(50, { message: 'boom' }).error(60, { kind: 'resource', message: 'Failed to load img' });
    expect(deriveSession(session.events()).summary).toMatchObject({ failedRequests: 2, errors: 1 });
  });

  test('neither order nor repetition of the events matters', () => {
    const events = faulty('server-error-swallowed').events();
    const expected = deriveSession(events);
    fc.assert(
      fc.property(fc.shuffledSubarray(events), fc.infiniteStream(fc.nat()), (again, keys) => {
        const shuffled = [...events, ...again]
          .map((event) => ({ event, key: keys.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ event }) => event);
        const { signals, summary } = deriveSession(shuffled);
        expect(signals).toEqual(expected.signals);
        expect(summary).toEqual({ ...expected.summary, repeated: again.length });
      }),
      { numRuns: 50 },
    );
  });

  test('missing events are gaps', () => {
    const events = healthy().events();
    const { signals } = deriveSession(events.filter(({ seq }) => seq !== 0 && seq !== 7 && seq !== 8));
    expect(signals.filter(({ kind }) => kind === 'gap')).toMatchObject([
      { text: '1 recorded event is missing', details: { missing: 1, firstSeq: 0, lastSeq: 0 } },
      { text: '2 recorded events are missing', details: { missing: 2, firstSeq: 7, lastSeq: 8 } },
    ]);
  });

  test('misfits are counted and left out', () => {
    const bad = place(1, {
      type: EventType.Plugin,
      data: { plugin: 'traceflow/action@1', payload: { id: 'x' } },
      timestamp: 5,
    });
    const late = place(2, { type: EventType.Meta, data: { href: 'https://a.test/' }, timestamp: Number.NaN });
    const good = place(0, { type: EventType.Meta, data: { href: 'https://a.test/x?q=1' }, timestamp: 1 });
    const { signals, summary } = deriveSession([good, bad, late]);
    expect(signals.map(({ text, page }) => `${text} ${page}`)).toEqual(['Open /x https://a.test/x']);
    expect(summary).toMatchObject({ events: 2, skipped: 2 });
  });

  test('no events', () => {
    expect(deriveSession([])).toMatchObject({ signals: [], summary: { startedAt: 0, durationMs: 0, entryUrl: '' } });
  });

  test('any events at all do not make it throw', () => {
    const node = fc.letrec((tie) => ({
      node: fc.record({
        id: fc.oneof(fc.integer({ min: -2, max: 9 }), fc.anything()),
        type: fc.integer({ min: 0, max: 5 }),
        tagName: fc.oneof(fc.constantFrom('button', 'div', 'input'), fc.anything()),
        attributes: fc.oneof(fc.dictionary(fc.string(), fc.anything()), fc.anything()),
        childNodes: fc.oneof({ depthSize: 'small' }, fc.constant([]), fc.array(tie('node'), { maxLength: 3 })),
      }),
    })).node;
    const id = fc.integer({ min: -1, max: 9 });
    const change = fc.record({ id, parentId: id, node, value: fc.anything(), attributes: fc.anything() });
    const data = fc.oneof(
      fc.anything(),
      fc.record({ source: fc.integer({ min: 0, max: 16 }), type: fc.integer({ min: 0, max: 9 }), id }),
      fc.record({ source: fc.constant(0), adds: fc.array(change), removes: fc.array(change), texts: fc.array(change) }),
      fc.record({ node }),
      fc.record({
        plugin: fc.constantFrom('rrweb/console@1', 'rrweb/network@1', 'traceflow/request@1', 'x'),
        payload: fc.oneof(fc.anything(), fc.record({ requests: fc.array(fc.anything()) })),
      }),
      fc.record({ tag: fc.constantFrom('breadcrumb', 'performanceSpan', '$pageview'), payload: fc.anything() }),
    );
    const event = fc.record({
      type: fc.integer({ min: 0, max: 6 }),
      data,
      timestamp: fc.integer({ min: 0, max: 5000 }),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        const { signals } = deriveSession(events.map((one, seq) => place(seq, one)));
        for (const signal of signals) Signal.parse(signal);
      }),
      { numRuns: 100 },
    );
  });
});
