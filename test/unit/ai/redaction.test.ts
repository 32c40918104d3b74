import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor, REDACTION_MARK } from '../../../shared/ai/index.ts';
import { SECRETS, SURROUNDINGS } from '../../support/planted-secrets.ts';

const redact = (text: string, names: readonly string[] = []): string => createRedactor(names).text(text, 4000);

describe('what is personal or secret', () => {
  it.each(Object.keys(SECRETS) as (keyof typeof SECRETS)[])('%s never gets through, wherever it stands', (kind) => {
    fc.assert(
      fc.property(SECRETS[kind], fc.constantFrom(...SURROUNDINGS), (secret, [before, after]) => {
        const left = redact(`${before}${secret}${after}`);
        expect(left).not.toContain(secret);
        expect(left).toMatch(REDACTION_MARK);
        // Nor a readable part of it.
        for (const part of secret.split(/[^\p{L}\p{N}]+/u)) if (part.length >= 8) expect(left).not.toContain(part);
      }),
      { numRuns: 300 },
    );
  });

  it('hidden by unseen characters or other digits is found as well', () => {
    expect(redact('ada\u200b@acme.test')).toBe('⟦email 1⟧');
    expect(redact('card ４１１１ １１１１ １１１１ １１１１')).toBe('card ⟦card 1⟧');
    expect(redact('nummer ٠١٢٣٤٥٦٧')).toBe('nummer ⟦number 1⟧');
  });

  it('the person of the session is found by the whole name and by its parts, in any case', () => {
    const names = ['Ada Lovelace', 'ada@acme.test'];
    expect(redact('Welcome back, ADA! Orders of Ada Lovelace', names)).toBe(
      'Welcome back, ⟦name 1⟧! Orders of ⟦name 2⟧',
    );
    expect(redact('Canada', names)).toBe('Canada');
    expect(redact('a.*b', ['a.*b(c)', '[x'])).toBe('a.*b');
  });
});

describe('what is needed to understand', () => {
  it.each([
    'POST /api/orders -> 500',
    'Click "Pay"',
    "TypeError: Cannot read properties of undefined (reading 'total')",
    '4 fast clicks on "Pay" within 1.8 s',
    '500 after 435 ms',
    '0:09.4 to 1:02:03.4',
    'GET /api/search?q=~1f3a&page=~9b',
    '200, body {items:[{id:string,name:string}],total:number}',
    '#checkout-form > button.pay-button-primary:nth-child(2)',
    'release 2.14.0-beta.3',
    'console.warn: componentWillReceiveProps has been renamed',
    'https://shop.acme.test/checkout/payment',
    'GET /static/chunks/pages/checkout-payment-step.js -> 404',
    "Unexpected token '<'",
    '1280x720',
    'ResizeObserver loop completed with undelivered notifications.',
  ])('stays: %s', (text) => expect(redact(text)).toBe(text));
});

describe('marks', () => {
  it('are the same for the same value, are counted, and cannot be forged', () => {
    const redactor = createRedactor([]);
    expect(redactor.text('a@b.test wrote to c@d.test and A@B.TEST ⟦email 9⟧')).toBe(
      '⟦email 1⟧ wrote to ⟦email 2⟧ and ⟦email 1⟧ [email 9]',
    );
    expect(redactor.text('again c@d.test')).toBe('again ⟦email 2⟧');
    expect(redactor.counts()).toEqual({ email: 4 });
  });

  it('are never cut in half, and neither is a secret', () => {
    fc.assert(
      fc.property(fc.nat(80), SECRETS.email, (length, email) => {
        const left = createRedactor([]).text(`${'x '.repeat(length / 2)}${email} and more`, 40);
        expect(left.length).toBeLessThanOrEqual(40);
        expect(left.replace(REDACTION_MARK, '')).not.toMatch(/[⟦⟧@]/);
      }),
    );
    expect(redact(`${'word '.repeat(399)}ada@acme.test`)).not.toContain('ada');
  });

  it('are made in time that does not explode', () => {
    for (const text of ['a'.repeat(9000), '1-'.repeat(5000), 'a.'.repeat(5000), '@'.repeat(9000), '?a='.repeat(3000)])
      expect(redact(text).length).toBeLessThanOrEqual(4000);
  });
});
