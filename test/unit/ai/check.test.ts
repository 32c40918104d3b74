import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askedAbout } from '../../support/checked-session.ts';
import { faulty } from '../../support/fault-scenarios.ts';
import { SessionBuilder } from '../../support/session-builder.ts';

// s0 page; s1 click at 9 s -> s2 POST /api/orders 500 after 40 ms; s3, s5, s7, s9 further clicks, each with a request behind it.
const paying = askedAbout(faulty('server-error-swallowed'));
// s1 GET /api/cart 200; s2 click "Cart" at 9 s; s3 page; s4 GET /api/cart 200; s5 TypeError at 9.048 s.
const cart = askedAbout(faulty('response-shape-change'));
// s1 typed; s2, s3 two searches.
const search = askedAbout(faulty('stale-response-race'));

const reasons = ({ check }: typeof paying, sentence: string): readonly string[] => {
  const { verdict, reasons: why } = check(sentence);
  expect(verdict).toBe(why.length === 0 ? 'verified' : 'withheld');
  return why;
};

describe('a true sentence is verified', () => {
  it.each([
    'The click on "Pay" [s1] started POST /api/orders [s2].',
    'POST /api/orders answered 500 after 40 ms [s2].',
    'At 9 s "Pay" was clicked [s1].',
    'At 0:09.0 "Pay" was clicked [s1].',
    'The request was answered 40 ms after it was sent [s2].',
    'The next click came 1.3 s later [s1, s3].',
    'Four clicks [s3, s5, s7, s9] followed within 1 s.',
    'Four more clicks on "Pay" followed the first one [s1, s3, s5, s7, s9].',
    'POST /api/orders [s2] failed with a 500 Internal Server Error.',
    'Because of the click [s3] POST /api/orders was sent [s4].',
    'POST /api/orders [s2] was sent because "Pay" was clicked [s1].',
    'After the click [s1] the page showed no visible change [s2].',
    'The click on #button-pay [s1] had no effect.',
    'The page /checkout was opened, then "Pay" was clicked [s0] [s1].',
    'The requests [s2], [s4] and [s6] all returned status 500.',
    '“Pay” was clicked at 10.3 s [s3].',
  ])('%s', (sentence) => expect(reasons(paying, sentence)).toEqual([]));

  it.each([
    'GET /api/cart [s4] answered 200, and 3 ms later a TypeError was thrown [s5].',
    'The answer of GET /api/cart [s4] led to the error [s5].',
    'The error reads "Cannot read properties of undefined (reading \'map\')" [s5].',
    'The error [s5] was caused by the click on "Cart" [s2].',
    'An earlier GET /api/cart [s1] succeeded with 200.',
  ])('%s', (sentence) => expect(reasons(cart, sentence)).toEqual([]));

  it('of a race', () => expect(reasons(search, 'Two requests to GET /api/search were sent [s2, s3].')).toEqual([]));
});

describe('a false sentence is withheld, and says why', () => {
  it.each([
    ['The click on "Pay" started POST /api/orders.', 'cites nothing'],
    ['The click on "Pay" [s77] started it.', 'cites s77, which was not sent'],
    ['The click on "Pay" [s1] came before s99.', 'cites s99'],
    ['POST /api/orders [E4] answered 500 [s2].', 'cites E4'],
    ['The visit went well [s1].', 'nothing that can be checked'],
    // Kinds
    ['A click followed [s2].', 'does not cite a click'],
    ['A request was sent [s1].', 'does not cite a request'],
    ['The script threw [s2].', 'does not cite an error'],
    ['The person typed their name [s1].', 'does not cite an input'],
    ['The page was reloaded [s0].', 'does not cite a reload'],
    ['The request succeeded [s2].', 'does not cite a success'],
    ['The request timed out [s2].', 'does not cite a timeout'],
    ['The request was aborted [s2].', 'does not cite an aborted'],
    ['A console message names it [s2].', 'does not cite a console'],
    ['The form was submitted [s1].', 'does not cite a submit'],
    // Statuses
    ['POST /api/orders answered 503 [s2].', 'says 503'],
    ['POST /api/orders [s2] answered with 404 Not Found.', 'says 404'],
    ['POST /api/orders [s2] answered with Bad Gateway.', '"bad gateway"'],
    // Methods and routes
    ['GET /api/orders answered 500 [s2].', 'names GET /api/orders'],
    ['POST /api/payments answered 500 [s2].', 'names POST /api/payments'],
    ['POST answered 500 on /api/order [s2].', 'names /api/order'],
    ['POST /api/orders answered 500, see https://evil.test/x [s2].', 'names https://evil.test/x'],
    // Times
    ['POST /api/orders answered 500 after 400 ms [s2].', 'says 400 ms'],
    ['POST /api/orders took 9 s [s2].', 'says 9 s'],
    ['At 9.4 s "Pay" was clicked [s1].', 'says 9.4 s'],
    ['At 0:08.9 "Pay" was clicked [s1].', 'says 0:08.9'],
    ['At 1:00:09 "Pay" was clicked [s1].', 'says 1:00:09'],
    ['Four clicks followed within 300 ms [s3, s5, s7, s9].', 'says 300 ms'],
    ['More than 2 s passed between the clicks [s3, s5].', 'says 2 s'],
    // Counts
    ['Five clicks on "Pay" followed [s3, s5, s7, s9].', 'says 5 clicks'],
    ['The request was sent three times [s2, s4].', 'says 3 times'],
    ['2 errors were thrown [s2].', 'says 2 errors'],
    // Quotes, names, numbers
    ['The click on "Buy now" [s1] started it.', 'quotes "Buy now"'],
    ['The click on "Pa" [s1] started it.', 'quotes "Pa"'],
    ['The click on “Cancel” [s1] started it.', 'quotes "Cancel"'],
    ['A ReferenceError followed the click [s1].', 'names ReferenceError'],
    ['submitOrder sent the request [s2].', 'names submitOrder'],
    ['The click on #cancel [s1] did it.', 'names #cancel'],
    ['The click hit order 4711 [s1].', 'says 4711'],
    ['The request [s2] fails for 30% of people.', 'says 30%'],
    ['The click by ⟦email 1⟧ started it [s1].', 'names ⟦email 1⟧'],
    // Order and cause
    ['POST /api/orders [s2] led to the click [s1].', 's2 led to s1'],
    ['The click [s1] happened because of the request [s2].', 's2 led to s1'],
    ['The click [s3] caused POST /api/orders [s2].', 's3 led to s2'],
    ['The click caused it [s1].', 'does not cite both cause and effect'],
    ['The click [s3] came before the click [s1].', 'the other way round'],
    ['The click [s1] came after the click [s3].', 'the other way round'],
    // Absence
    ['No request was sent by the click [s1].', 'says "no"'],
    ['The request was never answered [s2].', 'says "never"'],
    ['The page [s0] showed no change.', 'says "no"'],
    ['The click threw nothing [s1].', 'says "nothing"'],
    // What no recording shows
    ['The person was frustrated and clicked again [s3].', 'guesses'],
    ['The request [s2] probably failed on the server.', 'guesses'],
    ['The request [s2] failed because the database was down [s2].', 'database'],
    ['A deployment broke the request [s2].', 'deployment'],
  ])('%s', (sentence, why) => expect(reasons(paying, sentence).join('; ')).toContain(why));

  it('of requests, when the status is another one’s', () => {
    const session = new SessionBuilder();
    session.request(100, 'https://shop.test/api/cart', { status: 200 });
    session.request(200, 'https://shop.test/api/orders', { method: 'POST', status: 500 });
    const both = askedAbout(session.end(5000));
    expect(reasons(both, 'GET /api/cart answered 200 and POST /api/orders answered 500 [s1, s2].')).toEqual([]);
    expect(reasons(both, 'GET /api/cart answered 500 and POST /api/orders answered 200 [s1, s2].')).toHaveLength(2);
  });
});

describe('whatever a model makes up', () => {
  const id = fc.oneof(
    fc.integer({ min: 11, max: 100_000 }).map((number) => `s${number}`),
    fc.constantFrom('s01', 's1a', 'S1', 'e1', 's-1', 'f1', 'signal 1', 's1.5', '１', 's１'),
  );
  it('an id that was not sent withholds the sentence, wherever it stands beside true ones', () => {
    fc.assert(
      fc.property(id, fc.nat(3), fc.boolean(), (made, place, alone) => {
        const cites = [`[${made}]`, alone ? '' : '[s1]', alone ? '' : '[s2]', ''];
        const [a = '', b = '', c = '', d = ''] = [...cites.slice(place), ...cites.slice(0, place)];
        expect(paying.check(`The click on "Pay" ${a} ${b} started POST /api/orders ${c} ${d}.`).verdict).toBe(
          'withheld',
        );
      }),
      { numRuns: 500 },
    );
  });

  it('another number than the true one withholds the sentence', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), fc.integer({ min: 1, max: 20_000 }), (status, ms) => {
        const verdict = paying.check(`POST /api/orders answered ${status} after ${ms} ms [s2].`).verdict;
        expect(verdict).toBe(status === 500 && Math.abs(ms - 40) <= 1 ? 'verified' : 'withheld');
      }),
      { numRuns: 1000, examples: [[500, 40]] },
    );
  });

  it('any text at all is checked in time and without failing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const { verdict, reasons: why } = paying.check(text);
        expect(verdict === 'verified').toBe(why.length === 0);
      }),
    );
    for (const text of [
      '"'.repeat(5000),
      's1 '.repeat(3000),
      '[['.repeat(5000),
      '1'.repeat(5000),
      `${'a '.repeat(5000)}[s1]`,
    ])
      expect(paying.check(text).verdict).toBe('withheld');
  });
});
