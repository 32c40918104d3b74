import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskAttribute } from '../../../sdk/web/src/privacy/attributes.ts';
import { maskInput, maskText, scrub } from '../../../sdk/web/src/privacy/text.ts';

describe('maskText', () => {
  it('keeps spaces and punctuation, and no letter or digit of any script', () => {
    expect(maskText('Ann owes $4.50, 中文 é!')).toBe('*** **** $*.**, ** *!');
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => !/[\p{L}\p{N}]/u.test(maskText(text))));
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => [...maskText(text)].length === [...text].length));
  });
});

describe('maskInput', () => {
  it('keeps the length, but not of a password', () => {
    expect(maskInput('a b', false)).toBe('***');
    expect(maskInput('a', true)).toBe(maskInput('abc', true));
    expect(maskInput('', true)).toBe('');
  });
});

describe('scrub', () => {
  it.each([
    ['mail ann.b+c@mail.example.com now', 'mail <email> now'],
    ['card 4111 1111 1111 1111.', 'card <card>.'],
    ['card 4111-1111-1111-1111', 'card <card>'],
    ['order 4111111111111112 is no card', 'order 4111111111111112 is no card'],
    ['at 1732360000123 ms', 'at 1732360000123 ms'],
    ['a @ b', 'a @ b'],
    ['Authorization: Bearer abc.def-123', 'Authorization: <hidden> <token>'],
    ['basic dXNlcjpwYXNz', 'basic <token>'],
    ['it has eyJhbGciOi.eyJzdWIi.sig inside', 'it has <token> inside'],
    ['{user: 1, password: "p w"}', '{user: 1, password: "<hidden> w"}'],
    ['token=abc&x=1', 'token=<hidden>&x=~'],
    ['api_key: abc, sid=5', 'api_key: <hidden>, sid=<hidden>'],
    ['at f (https://x.test/app.js?v=12:3:4)', 'at f (https://x.test/app.js?v=~:3:4)'],
    ["Cannot read properties of null (reading 'token')", "Cannot read properties of null (reading 'token')"],
    ['Unexpected token < in JSON', 'Unexpected token < in JSON'],
  ])('%s', (text, scrubbed) => {
    expect(scrub(text)).toBe(scrubbed);
  });
});

describe('maskAttribute', () => {
  const open = { tag: 'p', state: 'open' } as const;
  const masked = { tag: 'p', state: 'masked' } as const;
  it.each([
    ['title', 'Hi', masked, '**'],
    ['title', 'Hi', open, 'Hi'],
    ['value', 'abc', { tag: 'input', state: 'open' }, '***'],
    ['value', 'abc', { tag: 'input', type: 'PASSWORD', state: 'open' }, '********'],
    ['value', 'Pay', { tag: 'input', type: 'submit', state: 'open' }, 'Pay'],
    ['value', 'Pay', { tag: 'input', type: 'submit', state: 'masked' }, '***'],
    ['value', 'abc', { tag: 'option', state: 'open' }, '***'],
    ['class', 'abc', masked, 'abc'],
    ['aria-expanded', 'true', masked, 'true'],
    ['onclick', 'go(1)', open, ''],
    ['srcdoc', '<p>', open, null],
    ['src', 'data:image/png;base64,AAAA', masked, 'data:image/png;base64,AAAA'],
    ['src', 'data:text/html,secret', masked, 'data:text/html'],
    ['content', 'width=device-width', { tag: 'meta', type: 'viewport', state: 'masked' }, 'width=device-width'],
    ['data-x', 'ann@example.com', open, '<email>'],
    ['data-state', 'open', masked, 'open'],
  ] as const)('%s="%s" in %o is %s', (name, value, place, expected) => {
    expect(maskAttribute(name, value, place)).toBe(expected);
  });
});
