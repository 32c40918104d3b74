import { describe, expect, test } from 'vitest';
import { deriveSession, type Fact, isFact } from '../../../shared/facts/index.ts';
import { SessionBuilder } from '../../support/session-builder.ts';

const requestsOf = (session: SessionBuilder): Fact<'request'>[] =>
  deriveSession(session.end(20_000).events()).signals.filter((signal) => isFact(signal, 'request')) as never;

/** Two answers are read in one moment, then a region changes. */
function twoAnswers(causes?: { request?: string; action?: number }[]): SessionBuilder {
  const session = new SessionBuilder();
  session.request(3000, 'https://shop.test/api/a');
  session.request(3001, 'https://shop.test/api/b');
  if (causes) session.captured(3050, 'cause', { causes });
  return session.change(3050);
}

describe('a change of the document', () => {
  test('between two answers may be of either, and is of the one that the recorder names', () => {
    const guessed = requestsOf(twoAnswers()).map(({ details }) => details.domChangedAfterConsumed);
    expect(guessed).toMatchObject([
      { sole: false, contested: true, recorded: false },
      { sole: false, contested: true, recorded: false },
    ]);
    const told = requestsOf(twoAnswers([{ request: 'r2' }])).map(({ details }) => details.domChangedAfterConsumed);
    expect(told).toMatchObject([null, { sole: true, contested: false, recorded: true }]);
  });

  test('that has a part of unknown cause is guessed, and so is one behind missing events', () => {
    const partly = requestsOf(twoAnswers([{ request: 'r2' }, {}]));
    expect(partly[0]?.details.domChangedAfterConsumed).toMatchObject({ recorded: false });
    // The cause arrived, then something is missing: another cause may have been among it.
    const whole = twoAnswers([{ request: 'r2' }])
      .end(20_000)
      .events();
    const changeAt = whole.findIndex(({ event }) => (event.data as { source?: unknown }).source === 0);
    const events = whole.map((placed, i) => (i < changeAt ? placed : { ...placed, seq: placed.seq + 5 }));
    const { signals } = deriveSession(events);
    const requests = signals.filter((signal) => isFact(signal, 'request')) as Fact<'request'>[];
    expect(requests.every(({ details }) => details.domChangedAfterConsumed?.recorded !== true)).toBe(true);
  });

  test('that comes late is the answer’s only as recorded', () => {
    const late = (causes: { request?: string }[]): SessionBuilder => {
      const session = new SessionBuilder();
      session.request(3000, 'https://shop.test/api/a');
      return session.captured(3400, 'cause', { causes }).change(3400);
    };
    expect(requestsOf(late([]))[0]?.details.domChangedAfterConsumed).toBeNull();
    expect(requestsOf(late([{ request: 'r1' }]))[0]?.details.domChangedAfterConsumed).toMatchObject({ recorded: true });
  });

  test('made by another act is not the effect of this one', () => {
    const session = new SessionBuilder();
    const one = session.button('One');
    const first = session.click(3000, one);
    session.captured(3020, 'cause', { causes: [{ action: first + 1 }] }).change(3020);
    session.captured(3030, 'cause', { causes: [{ action: first, timer: { kind: 'frame' } }] }).change(3030);
    const { signals } = deriveSession(session.end(20_000).events());
    const [click] = signals.filter((signal) => isFact(signal, 'click')) as Fact<'click'>[];
    expect(click?.details.effect?.dom).toMatchObject({ changes: 1, recorded: true });
  });
});
