import { describe, expect, test } from 'vitest';
import { deriveSession, type Fact, isFact } from '../../../shared/facts/index.ts';
import type { SignalKind } from '../../../shared/model/signal.ts';
import { SessionBuilder, STARTED_AT } from '../../support/session-builder.ts';

function factsOf<K extends SignalKind>(session: SessionBuilder, kind: K): Fact<K>[] {
  const { signals } = deriveSession(session.end(20_000).events());
  return signals.filter((signal) => isFact(signal, kind)) as Fact<K>[];
}

describe('pages', () => {
  test('a document, changes of its address, a reload', () => {
    const session = new SessionBuilder('https://shop.test/');
    session.go(500, 'https://shop.test/cart?id=~1').go(900, 'https://shop.test/cart?id=~1', 'replace');
    session.load(2000);
    expect(
      factsOf(session, 'page').map(({ text, page, details }) => [text, page, details.change, details.reload]),
    ).toEqual([
      ['Open /', 'https://shop.test/', 'load', false],
      ['Go to /cart', 'https://shop.test/cart', 'push', false],
      ['Reload /cart', 'https://shop.test/cart', 'load', true],
    ]);
  });
});

describe('leaving', () => {
  test('is no page, but the time until which a person waited', () => {
    const session = new SessionBuilder('https://shop.test/checkout').go(9000, 'https://shop.test/checkout', 'leave');
    const { signals, summary } = deriveSession(session.events());
    expect(signals.filter(({ kind }) => kind === 'page')).toHaveLength(1);
    expect(summary.durationMs).toBe(9000);
  });
});

describe('clicks', () => {
  test('carry element, effect and what lay beneath', () => {
    const session = new SessionBuilder();
    const pay = session.button('Pay');
    const layer = session.element('div', 'layer');
    session.click(1000, pay, { changesMs: 30 });
    session.click(3000, layer, { under: [layer, pay] });
    const [worked, covered] = factsOf(session, 'click');
    expect(worked).toMatchObject({
      ...{
        text: 'Click "Pay"',
        page: 'https://shop.test/checkout',
        element: { node: pay.node, selector: '#button-pay' },
      },
      details: { covered: null, effect: { source: 'recorded', mutations: 1, firstMutationMs: 30 } },
    });
    expect(covered?.details).toMatchObject({
      covered: { selector: '#button-pay' },
      effect: { mutations: 0, dom: null },
    });
  });

  test('a masked label gives way to the selector', () => {
    const session = new SessionBuilder();
    session.click(1000, session.button('***', { selector: '#go' }));
    expect(factsOf(session, 'click')[0]?.text).toBe('Click #go');
  });

  test('what another answer brings, or changes by itself, is not their effect', () => {
    const session = new SessionBuilder();
    session.request(700, 'https://shop.test/api/poll', { answerMs: 500 });
    for (let at = 100; at < 19_000; at += 400) session.change(at, 9, 'ambient');
    session.click(1000, session.button('Pay'));
    session.change(1206);
    expect(factsOf(session, 'click')[0]?.details.effect?.dom).toBeNull();
  });

  test('without a record of the effect it is derived, or null at the end of the recording', () => {
    const session = new SessionBuilder();
    const pay = session.button('Pay');
    session.click(1000, pay, { noEffect: true, changesMs: 40 });
    session.click(19_800, pay, { noEffect: true });
    const [first, last] = factsOf(session, 'click');
    expect(first?.details.effect).toMatchObject({ source: 'derived', mutations: 1, firstMutationMs: 40 });
    expect(last?.details.effect).toBeNull();
  });
});

describe('requests', () => {
  test('one signal out of all phases', () => {
    const session = new SessionBuilder();
    const action = session.click(1000, session.button('Pay'));
    session.request(1002, 'https://shop.test/api/orders/123?q=~1', {
      action,
      answerMs: 40,
      readMs: 50,
      shape: '{a:number}',
    });
    session.change(1055);
    expect(factsOf(session, 'request')).toMatchObject([
      {
        ...{ at: STARTED_AT + 1002, endAt: STARTED_AT + 1042, severity: 'info', text: 'GET /api/orders/123 -> 200' },
        details: {
          ...{ route: '/api/orders/:id', sameOrigin: true, status: 200, durationMs: 40, order: 1, action },
          ...{ consumedAt: STARTED_AT + 1052, shape: '{a:number}', failure: null, pending: false },
          domChangedAfterConsumed: { changes: 1, firstMs: 3, node: 4, regions: [4], sole: false },
        },
      },
    ]);
  });

  test('failed, pending, foreign', () => {
    const session = new SessionBuilder();
    session.request(10, 'https://shop.test/a', { status: 503 });
    session.request(20, 'https://shop.test/b', { failure: 'network' });
    session.request(30, 'https://shop.test/c', { answerMs: null });
    session.request(40, 'https://cdn.test/d', { failure: 'parse' });
    session.request(50, 'https://shop.test/e', { status: 404 });
    expect(factsOf(session, 'request').map(({ text, severity, details }) => [text, severity, details.pending])).toEqual(
      [
        ['GET /a -> 503', 'error', false],
        ['GET /b -> network', 'error', false],
        ['GET /c -> no answer', 'info', true],
        ['GET https://cdn.test/d -> 200 (parse)', 'error', false],
        ['GET /e -> 404', 'warning', false],
      ],
    );
  });

  test('a message after the answer is told from a button that goes back to rest', () => {
    const session = new SessionBuilder();
    const pay = session.button('Pay');
    for (const [at, region] of [
      [1000, pay.node],
      [8000, 4],
    ] as const) {
      const action = session.click(at, pay);
      session.request(at + 2, 'https://shop.test/api/orders', { action, status: 500 });
      session.change(at + 60, region);
    }
    expect(factsOf(session, 'request').map(({ details }) => details.afterAnswer?.told)).toEqual([false, true]);
  });
});

test('console, errors and inputs', () => {
  const session = new SessionBuilder();
  const field = session.element('input', 'E-mail');
  session.input(100, field);
  session.click(200, session.button('Go'), { submits: session.element('form', 'f') });
  session.console(300, 'warn', 'old').error(400, { message: 'x is not defined', name: 'ReferenceError' });
  expect(factsOf(session, 'input').map(({ text }) => text)).toEqual(['Type into "E-mail"']);
  expect(factsOf(session, 'submit')).toMatchObject([{ text: 'Submit "f"', details: { cause: 2 } }]);
  expect(factsOf(session, 'console')).toMatchObject([{ severity: 'warning', text: 'console.warn: old' }]);
  expect(factsOf(session, 'error')).toMatchObject([{ severity: 'error', text: 'ReferenceError: x is not defined' }]);
});
