import { describe, expect, test } from 'vitest';
import { diagnosed, TROUBLE_AT } from '../../support/fault-scenarios.ts';
import { SessionBuilder } from '../../support/session-builder.ts';

const ORDERS = 'https://shop.test/api/orders';
const at = TROUBLE_AT;

/** Diagnoses a session in which `happen` tells what happened. */
const outcomeOf = (happen: (session: SessionBuilder) => unknown) => {
  const session = new SessionBuilder();
  happen(session);
  const diagnosis = diagnosed(session.end(30_000));
  return { ...diagnosis, faults: diagnosis.findings.map(({ fault, verdict }) => `${verdict} ${fault}`) };
};

describe('failed requests', () => {
  test('a failure behind a click that worked is nothing', () => {
    const { outcome } = outcomeOf((session) => {
      const action = session.click(at, session.button('Like'), { changesMs: 5 });
      session.request(at + 1, 'https://shop.test/api/like', { method: 'POST', status: 500, action });
    });
    expect(outcome).toBe('nothing-wrong');
  });

  test('a failure the page retried by itself is nothing', () => {
    const { outcome, frustrations } = outcomeOf((session) => {
      const action = session.click(at, session.button('Pay'));
      session.request(at + 1, ORDERS, { method: 'POST', status: 503, action });
      session.request(at + 400, ORDERS, { method: 'POST', action });
      session.change(at + 450);
    });
    expect({ outcome, frustrations }).toEqual({ outcome: 'nothing-wrong', frustrations: [] });
  });

  test('a check of what was typed, with its message, is nothing', () => {
    const { outcome } = outcomeOf((session) => {
      const action = session.click(at, session.button('Pay'));
      session.request(at + 1, ORDERS, { method: 'POST', status: 422, action });
      session.change(at + 50);
    });
    expect(outcome).toBe('nothing-wrong');
  });

  test('a 4xx that is swallowed is a fault', () => {
    const { faults } = outcomeOf((session) => {
      const action = session.click(at, session.button('Pay'));
      session.request(at + 1, ORDERS, { method: 'POST', status: 404, action });
    });
    expect(faults).toEqual(['confirmed server-error-swallowed']);
  });

  test('a form sent by its button leads from the click to the request', () => {
    const { findings } = outcomeOf((session) => {
      const form = session.element('form', 'Checkout');
      const click = session.click(at, session.button('Pay'), { submits: form });
      session.request(at + 1, ORDERS, { method: 'POST', status: 500, action: click + 1 });
    });
    expect(findings[0]).toMatchObject({ fault: 'server-error-swallowed', verdict: 'confirmed' });
    expect(findings[0]?.chain[1]?.edge).toMatchObject({ rule: 'submit-in-same-task', strength: 0.9 });
  });

  test('a busy button alone is no message, when the person insists', () => {
    const { faults } = outcomeOf((session) => {
      const pay = session.button('Pay');
      for (const ms of [0, 2000, 2300, 2500]) {
        const action = session.click(at + ms, pay);
        session.request(at + ms + 1, ORDERS, { method: 'POST', status: 500, action });
        session.change(at + ms + 2, pay.node, 'disable');
      }
    });
    expect(faults).toEqual(['confirmed server-error-swallowed']);
  });

  test('without recorded causes it is at most likely', () => {
    const { faults } = outcomeOf((session) => {
      const pay = session.button('Pay');
      for (const ms of [0, 1200, 1400, 1600]) {
        session.click(at + ms, pay);
        session.request(at + ms + 20, ORDERS, { method: 'POST', status: 500 });
      }
    });
    expect(faults[0]).toBe('likely server-error-swallowed');
  });

  test('what also fails where all is well is not blamed for a dead control', () => {
    const { faults } = outcomeOf((session) => {
      for (let i = 0; i < 6; i += 1) {
        const action = session.click(500 + i * 1200, session.button(`Tab ${i}`), { changesMs: 5 });
        session.request(505 + i * 1200, 'https://shop.test/api/seen', { method: 'POST', status: 500, action });
      }
      const save = session.button('Save');
      for (const ms of [0, 200, 400, 600]) {
        const action = session.click(at + ms, save);
        session.request(at + ms + 5, 'https://shop.test/api/seen', { method: 'POST', status: 500, action });
      }
    });
    expect(faults).not.toContain('confirmed server-error-swallowed');
  });

  test('a later try that worked speaks against', () => {
    const { findings } = outcomeOf((session) => {
      const pay = session.button('Pay');
      session.request(at + 1, ORDERS, { method: 'POST', status: 500, action: session.click(at, pay) });
      session.request(at + 4001, ORDERS, { method: 'POST', action: session.click(at + 4000, pay, { changesMs: 60 }) });
    });
    expect(findings[0]?.against).toEqual([
      { text: 'A later POST /api/orders succeeded', signals: [expect.stringMatching(/^s\d+$/)] },
    ]);
  });

  test('missing events make an absence uncertain', () => {
    const session = new SessionBuilder();
    session.request(at + 1, ORDERS, { method: 'POST', status: 500, action: session.click(at, session.button('Pay')) });
    session
      .console(at + 400, 'info', 'lost')
      .console(at + 500, 'info', 'kept')
      .end(30_000);
    const kept = session.events().filter(({ event }) => !JSON.stringify(event.data).includes('lost'));
    expect(diagnosed({ events: () => kept }).findings[0]).toMatchObject({ verdict: 'likely' });
  });
});

describe('answers', () => {
  const cart = (session: SessionBuilder, shape: string, ms = at, rendered = false): void => {
    const action = session.click(ms, session.element('a', 'Cart'), { changesMs: 3 });
    const request = session.request(ms + 5, 'https://shop.test/api/cart', { action, shape });
    if (rendered) session.change(ms + 49);
    else session.error(ms + 48, { message: 'x is undefined', action, request });
  };

  test('an error in spite of a shape that worked before is not the shape', () => {
    const { faults } = outcomeOf((session) => {
      cart(session, '{lines:[{id:string}]}', 2000, true);
      cart(session, '{lines:[{id:string}]}');
    });
    expect(faults).toEqual([]);
  });

  test('with nothing to compare it is likely, and says what is missing', () => {
    const { findings } = outcomeOf((session) => cart(session, '{items:[{id:string}]}'));
    expect(findings).toMatchObject([{ fault: 'response-shape-change', verdict: 'likely' }]);
    expect(findings[0]?.missing).toEqual([expect.stringContaining('to compare its shape with')]);
  });

  test('two broken answers read in one breath speak for each other, not against', () => {
    const { faults } = outcomeOf((session) => {
      const link = session.element('a', 'Cart');
      const shape = '{lines:[{id:string}]}';
      // The second answer is read before the error of the first is reported, so neither error names its request.
      for (const [ms, answerMs] of [
        [0, 240],
        [180, 61],
      ] as const) {
        const action = session.click(at + ms, link);
        session.request(at + ms + 2, 'https://shop.test/api/cart', { action, answerMs, readMs: answerMs + 1, shape });
        session.error(at + 245 + ms / 180, { kind: 'rejection', message: 'lines is undefined', action });
      }
      session.click(at + 700, link);
    });
    expect(faults[0]).toBe('likely response-shape-change');
  });

  test('an error beside a page that was shown is nothing', () => {
    const { outcome } = outcomeOf((session) => {
      const request = session.request(at, 'https://shop.test/api/cart', { shape: '{items:[]}' });
      session.change(at + 43).error(at + 44, { message: 'x is undefined', request });
    });
    expect(outcome).toBe('nothing-wrong');
  });

  test('an answer that cannot be read is one', () => {
    const { findings } = outcomeOf((session) => {
      const action = session.click(at, session.button('Load'));
      session.request(at + 2, 'https://shop.test/api/cart', { action, failure: 'parse' });
    });
    expect(findings.map(({ fault }) => fault)).toContain('response-shape-change');
  });

  const race = (happen: { action: number | undefined; renders: boolean; sameRegion?: boolean }) =>
    outcomeOf((session) => {
      const cause = happen.action === undefined ? {} : { action: happen.action };
      session.request(at, 'https://shop.test/api/search?q=~1', { ...cause, answerMs: 900 });
      session.request(at + 300, 'https://shop.test/api/search?q=~2', cause);
      session.change(at + 344);
      if (happen.renders) session.change(at + 904, happen.sameRegion === false ? 3 : undefined);
    });

  test('parts of a page that load side by side may come in any order', () => {
    expect(race({ action: undefined, renders: true }).faults).toEqual([]);
  });

  test('an old answer that the page throws away is nothing', () => {
    const { faults } = outcomeOf((session) => {
      const action = session.input(at, session.element('input', 'Search'));
      session.request(at + 2, 'https://shop.test/api/search?q=~1', { action, answerMs: 900 });
      session.request(at + 300, 'https://shop.test/api/search?q=~2', { action });
      session.change(at + 344);
    });
    expect(faults).toEqual([]);
  });

  test('an old answer that fills another part of the page is nothing', () => {
    const { faults } = outcomeOf((session) => {
      const action = session.input(at, session.element('input', 'Search'));
      session.request(at + 2, 'https://shop.test/api/search?q=~1', { action, answerMs: 900 });
      session.request(at + 300, 'https://shop.test/api/search?q=~2', { action });
      session.change(at + 344).change(at + 906, 3);
    });
    expect(faults).toEqual([]);
  });

  test('an aborted predecessor is nothing', () => {
    const { faults } = outcomeOf((session) => {
      const action = session.input(at, session.element('input', 'Search'));
      session.request(at + 2, 'https://shop.test/api/search?q=~1', { action, answerMs: 300, failure: 'aborted' });
      session.request(at + 300, 'https://shop.test/api/search?q=~2', { action });
      session.change(at + 344);
    });
    expect(faults).toEqual([]);
  });
});

describe('waiting', () => {
  const wait = (more: (session: SessionBuilder, clickAgain: (ms: number) => void) => void) =>
    outcomeOf((session) => {
      const report = session.button('Report');
      session.request(at + 2, 'https://shop.test/api/report', { action: session.click(at, report), answerMs: 6000 });
      more(session, (ms) => session.click(at + ms, report));
      session.change(at + 6005);
    }).faults;

  test('behind a spinner is nothing', () => {
    expect(
      wait((session, again) => {
        session.change(at + 10);
        again(2500);
      }),
    ).toEqual([]);
  });
  test('with patience is nothing', () => expect(wait(() => undefined)).toEqual([]));
  test('with a double-click only is nothing', () => expect(wait((_, again) => again(200))).toEqual([]));
  test('that ends in a reload is a fault', () => {
    expect(
      outcomeOf((session) => {
        const action = session.click(at, session.button('Report'));
        session.request(at + 2, 'https://shop.test/api/report', { action, answerMs: null });
        session.load(at + 8000);
      }).faults,
    ).toEqual(['confirmed slow-without-feedback']);
  });
});

describe('controls', () => {
  test('one click beside a control, or on a backdrop, is nothing', () => {
    const { faults } = outcomeOf((session) => {
      const layer = session.element('div', 'backdrop');
      session.click(at, layer, { under: [layer, session.button('Pay')] });
    });
    expect(faults).toEqual([]);
  });

  test('a click on the icon inside a button is not covered', () => {
    const { faults, frustrations } = outcomeOf((session) => {
      const save = session.button('Save', { selector: '#save' });
      const icon = session.element('span', 'icon', { selector: '#save > span' });
      for (const ms of [0, 200, 400, 600]) session.click(at + ms, save, { under: [icon, save], changesMs: 5 });
    });
    expect({ faults, frustrations }).toEqual({ faults: [], frustrations: [] });
  });

  test('an error of the handler is not the control', () => {
    const { faults } = outcomeOf((session) => {
      const save = session.button('Save');
      for (const ms of [0, 200, 400, 600]) {
        session.error(at + ms + 1, { message: 'boom', action: session.click(at + ms, save) });
      }
    });
    expect(faults).toEqual(['confirmed script-error']);
  });

  test('an error in a click that worked is nothing', () => {
    const { outcome, frustrations } = outcomeOf((session) => {
      session.error(at + 1, { message: 'boom', action: session.click(at, session.button('Save'), { changesMs: 9 }) });
    });
    expect({ outcome, kinds: frustrations.map(({ kind }) => kind) }).toEqual({
      outcome: 'nothing-wrong',
      kinds: ['error-click'],
    });
  });

  test('a disabled control says so', () => {
    const { findings } = outcomeOf((session) => {
      const save = session.button('Save', { disabled: true });
      for (const ms of [0, 200, 400, 600]) session.click(at + ms, save);
    });
    expect(findings[0]?.against).toMatchObject([{ text: '"Save" was disabled' }]);
  });

  test('a masked label gives way to the selector', () => {
    const { findings } = outcomeOf((session) => {
      const save = session.button('***', { selector: '#save' });
      for (const ms of [0, 200, 400, 600]) session.click(at + ms, save);
    });
    expect(findings[0]?.title).toBe('#save does nothing: no request, error or change answers its clicks');
  });

  test('rage without any record of effects is inconclusive and says what is missing', () => {
    const { findings, summary } = outcomeOf((session) => {
      const save = session.button('Save');
      for (const ms of [0, 200, 400, 600]) session.click(29_300 + ms, save, { noEffect: true });
    });
    expect(findings).toMatchObject([{ fault: 'unknown', verdict: 'inconclusive' }]);
    expect(findings[0]?.missing).toEqual(['what changed on the page after the clicks']);
    expect(summary).toBe('inconclusive  click "Save" -> 4 rage clicks -> cause not recorded');
  });
});

test('two faults are both found', () => {
  const { faults } = outcomeOf((session) => {
    const save = session.button('Save');
    for (const ms of [0, 200, 400, 600]) session.click(2000 + ms, save);
    session.request(at + 1, ORDERS, { method: 'POST', status: 500, action: session.click(at, session.button('Pay')) });
  });
  expect(faults.toSorted()).toEqual(['confirmed dead-control', 'confirmed server-error-swallowed']);
});
