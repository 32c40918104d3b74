import { describe, expect, test } from 'vitest';
import { TROUBLE_AT as at, diagnosed } from '../../support/fault-scenarios.ts';
import { type ClickPlan, SessionBuilder } from '../../support/session-builder.ts';

const kindsOf = (happen: (session: SessionBuilder) => unknown): string[] => {
  const session = new SessionBuilder();
  happen(session);
  return diagnosed(session.end(40_000)).frustrations.map(({ detector }) => detector);
};

/** Clicks on one button (or element) at these times. */
const clicks = (times: readonly number[], plan: ClickPlan = {}, tag = 'button') =>
  kindsOf((session) => {
    const target = session.element(tag, 'Save');
    for (const ms of times) session.click(at + ms, target, plan);
  });

describe('rage-click@1', () => {
  const rages = (kinds: readonly string[]): boolean => kinds.includes('rage-click@1');

  test('three clicks, each less than a second after the one before', () => {
    expect(rages(clicks([0, 999, 1998]))).toBe(true);
    expect(rages(clicks([0, 1000, 2000]))).toBe(false);
    expect(rages(clicks([0, 300]))).toBe(false);
  });

  test('on different elements within 30 px, not further apart', () => {
    const spread = (stepPx: number) =>
      kindsOf((session) => {
        for (let i = 0; i < 3; i += 1) session.click(at + i * 200, session.button(`B${i}`), { x: i * stepPx, y: 5 });
      });
    expect(rages(spread(29))).toBe(true);
    expect(rages(spread(30))).toBe(false);
  });

  test('not when each click did something, nor in a text field, nor on a picture that moves', () => {
    expect(clicks([0, 200, 400, 600], { changesMs: 5 })).toEqual([]);
    expect(clicks([0, 200, 400, 600], {}, 'input')).toEqual([]);
    expect(rages(clicks([0, 200, 400, 600], {}, 'canvas'))).toBe(false);
  });

  test('also when each click changes something, but fails', () => {
    const kinds = kindsOf((session) => {
      const pay = session.button('Pay');
      for (const ms of [0, 200, 400]) {
        const action = session.click(at + ms, pay, { changesMs: 3 });
        session.error(at + ms + 1, { message: 'boom', action });
      }
    });
    expect(rages(kinds)).toBe(true);
  });
});

describe('dead-click@1', () => {
  test('a button without any effect, and a covered one', () => {
    expect(clicks([0])).toEqual(['dead-click@1']);
    const covered = kindsOf((session) => {
      const layer = session.element('div', 'layer');
      session.click(at, layer, { under: [layer, session.button('Pay')] });
    });
    expect(covered).toEqual(['dead-click@1']);
  });

  test('not on plain text, links and fields', () => {
    for (const tag of ['p', 'a', 'input', 'select']) expect(clicks([0], {}, tag)).toEqual([]);
  });

  test('not when a document follows, a request is served, or the recording ended', () => {
    expect(
      kindsOf((session) => {
        session.click(at, session.button('Next'));
        session.load(at + 4000, 'https://shop.test/next');
      }),
    ).toEqual([]);
    expect(
      kindsOf((session) => {
        session.request(at + 1, 'https://shop.test/api/save', { action: session.click(at, session.button('Save')) });
      }),
    ).toEqual([]);
    expect(kindsOf((session) => session.click(39_500, session.button('Save'), { noEffect: true }))).toEqual([]);
  });

  test('changes that happen all the time are no effect', () => {
    const kinds = kindsOf((session) => {
      for (let ms = 200; ms < 39_000; ms += 400) session.change(ms, 9, 'ambient');
      session.click(at, session.button('Save'));
    });
    expect(kinds).toEqual(['dead-click@1']);
  });
});

describe('error-click@1', () => {
  test('names the click and what it led to', () => {
    const session = new SessionBuilder();
    const action = session.click(at, session.button('Save'), { changesMs: 4 });
    session.error(at + 1, { message: 'boom', action }).end(30_000);
    expect(diagnosed(session).frustrations).toMatchObject([
      { kind: 'error-click', text: 'Click on "Save" led to: TypeError: boom', signals: ['s1', 's2'] },
    ]);
  });

  test('not for errors and failures that no click led to, nor for telemetry', () => {
    const kinds = kindsOf((session) => {
      const action = session.click(at, session.button('Save'), { changesMs: 4 });
      session.error(at + 1, { message: 'boom' });
      session.request(at + 2, 'https://shop.test/api/poll', { status: 500 });
      session.request(at + 3, 'https://shop.test/metrics/page', { status: 404, action });
    });
    expect(kinds).toEqual([]);
  });
});
