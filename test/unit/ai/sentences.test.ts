import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSentenceReader, sentencesOf } from '../../../shared/ai/index.ts';

it.each<[string, string[]]>([
  ['One [s1]. Two [s2].', ['One [s1].', 'Two [s2].']],
  ['One. [s1] Two! [s2][s3] "Three" [s4]?', ['One. [s1]', 'Two! [s2][s3]', '"Three" [s4]?']],
  ['- One [s1]\n* Two [s2]\n\n3. Three [s3]\n## Four [s4]', ['One [s1]', 'Two [s2]', 'Three [s3]', 'Four [s4]']],
  ['It took 1.3 s [s1] e.g. Here.', ['It took 1.3 s [s1] e.g. Here.']],
  ['POST /a.b answered [s1].', ['POST /a.b answered [s1].']],
  ['```\n---\n', []],
])('%j', (text, sentences) => expect(sentencesOf(text)).toEqual(sentences));

it('in any pieces there are the same sentences', () => {
  const text = 'One [s1]. Two "Pay. Now" [s2].\n\n- Three [s3]\nFour [s4].';
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9 })), (sizes) => {
      const reader = createSentenceReader();
      const found: string[] = [];
      let from = 0;
      for (const size of sizes) {
        found.push(...reader.push(text.slice(from, from + size)));
        from += size;
      }
      found.push(...reader.push(text.slice(from)), ...sentencesOf(reader.rest()));
      expect(found).toEqual(sentencesOf(text));
    }),
  );
});
