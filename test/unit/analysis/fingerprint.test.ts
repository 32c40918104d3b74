import { describe, expect, test } from 'vitest';
import { diagnosed, FAULTY, faulty, type ScenarioName, TROUBLE_AT } from '../../support/fault-scenarios.ts';
import { SessionBuilder } from '../../support/session-builder.ts';

const FINGERPRINTS: Readonly<Record<ScenarioName, string>> = {
  'server-error-swallowed': 'server-error-swallowed POST /api/orders 5xx',
  'server-error': 'server-error POST /api/orders 5xx',
  'response-shape-change': 'response-shape-change GET /api/cart',
  'overlay-blocks-click': 'overlay-blocks-click /checkout #div-layer over #button-pay',
  'stale-response-race': 'stale-response-race GET /api/search',
  'slow-without-feedback': 'slow-without-feedback GET /api/report',
  'script-error': 'script-error TypeError: x.save is not a function',
  'dead-control': 'dead-control /checkout #button-save',
};

const fingerprint = (session: Pick<SessionBuilder, 'events'>): string | undefined =>
  diagnosed(session).findings[0]?.fingerprint;

/** Pay fails with what `plan` says, at another time, after other things, by another number of clicks. */
function paying(url: string, status: number, clicks: number): SessionBuilder {
  const session = new SessionBuilder('https://shop.test/account/4711');
  session.click(3000, session.button('Help'), { changesMs: 4 });
  const pay = session.button('Pay now');
  for (let i = 0; i < clicks; i++) {
    const at = TROUBLE_AT * 2 + i * 1300;
    session.request(at + 2, url, { method: 'POST', status, action: session.click(at, pay) });
  }
  return session.end(60_000);
}

describe('a fingerprint', () => {
  test.each(Object.keys(FAULTY) as ScenarioName[])('of %s names what is at its root', (name) => {
    expect(fingerprint(faulty(name))).toBe(FINGERPRINTS[name]);
  });

  test('is the same for the same cause, whoever met it, when, how often and in which order', () => {
    const one = fingerprint(paying('https://shop.test/api/orders/1234567', 500, 2));
    expect(one).toBe('server-error-swallowed POST /api/orders/:id 5xx');
    expect(fingerprint(paying('https://shop.test/api/orders/7654321', 503, 4))).toBe(one);
  });

  test('is another one for another endpoint, host or refusal', () => {
    const all = [
      paying('https://shop.test/api/orders', 500, 2),
      paying('https://shop.test/api/payments', 500, 2),
      paying('https://pay.test/api/orders', 500, 2),
      paying('https://shop.test/api/orders', 409, 2),
      paying('https://shop.test/api/orders', 403, 2),
    ].map(fingerprint);
    expect(new Set(all).size).toBe(all.length);
    expect(all).not.toContain(undefined);
  });
});
