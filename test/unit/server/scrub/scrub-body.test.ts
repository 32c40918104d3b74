import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scrubBody } from '../../../../server/scrub/scrub-body.ts';
import { createScrub } from '../../../../server/scrub/scrub-value.ts';
import { ScrubRules } from '../../../../shared/wire/scrub.ts';

const RULES = ScrubRules.parse({
  members: ['Password', 'token'],
  query: ['q', 'user[id]'],
  patterns: ['email', 'card', 'iban'],
});
const scrub = createScrub(RULES);

test.each([
  ['write to ann.lee+x@mail.shop.example, now', 'write to ***, now'],
  ['ann%40shop.example', '***'],
  ['no@host and @name', 'no@host and @name'],
  ['4111 1111 1111 1111', '***'],
  ['4111111111111112', '4111111111111112'],
  ['24111111111111111000', '24111111111111111000'],
  ['DE89 3704 0044 0532 0130 00.', '***.'],
  ['https://a.example/s?q=shoes&x=1&user[id]=7#q=2', 'https://a.example/s?q=***&x=1&user[id]=***#q=2'],
  ['?Q=Anna Lee', '?Q=*** Lee'],
])('of the text %j is left %j', (text, left) => {
  expect(scrub(text)).toBe(left);
});

test.each(['a', '%40', 'a.', '&q=', '1 ', '?', 'DE89 ', 'a@a'])(
  'a long text of %j takes no longer than its length',
  (part) => {
    const text = part.repeat(1_000_000);
    // Quadratic it would take hours.
    expect(String(scrub(text)).length).toBeLessThanOrEqual(2 * text.length);
  },
);

test('named members lose their whole value, at any depth and in any case; the shape of all else stays', () => {
  const event = {
    type: 5,
    data: { PASSWORD: { a: 1 }, list: [{ token: 'x', tokens: 'y' }, null, true, 1.5], token: null },
  };
  expect(scrub(event)).toEqual({
    type: 5,
    data: { PASSWORD: '***', list: [{ token: '***', tokens: 'y' }, null, true, 1.5], token: null },
  });
  expect(scrub(JSON.parse('{"__proto__":{"q":"?q=1"}}'))).toEqual(JSON.parse('{"__proto__":{"q":"?q=***"}}'));
});

test('without rules that match, a batch says the same; scrubbing twice is scrubbing once, and gives the same bytes', () => {
  const events = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 5 });
  fc.assert(
    fc.property(events, (values) => {
      const body = Buffer.from(JSON.stringify(values));
      const once = scrubBody(body, RULES);
      if (typeof once === 'string') throw new Error(once);
      expect(scrubBody(gzipSync(body), RULES)).toEqual(once);
      expect(scrubBody(once, RULES)).toEqual(once);
      const none = scrubBody(body, ScrubRules.parse({}));
      if (typeof none === 'string') throw new Error(none);
      expect(JSON.parse(gunzipSync(none).toString())).toEqual(JSON.parse(JSON.stringify(values)));
    }),
  );
});

test('what cannot be read is told from what is too large, and entries that are no events are left out', () => {
  for (const text of ['{}', '[1,', 'x', '['.repeat(9000)])
    expect(scrubBody(Buffer.from(text), RULES)).toBe('unreadable');
  expect(scrubBody(gzipSync(Buffer.alloc(20_000_000, 0x20)), RULES)).toBe('too-large');
  expect(scrubBody(gzipSync('[]').subarray(0, 10), RULES)).toBe('unreadable');
  const kept = scrubBody(Buffer.from('["packed a@b.example",7,{"a":"c@d.example"}]'), RULES);
  expect(typeof kept === 'string' ? kept : gunzipSync(kept).toString()).toBe('[null,null,{"a":"***"}]');
});
