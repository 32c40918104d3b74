import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createElementSplitter } from '../../../shared/formats/json/element-splitter.ts';

const LIMITS = { maxElementChars: 10_000, maxDepth: 50 };

function split(text: string, cut: (rest: number) => number = () => text.length, limits = LIMITS) {
  const elements: string[] = [];
  const splitter = createElementSplitter(limits, (element) => elements.push(element));
  for (let at = 0; at < text.length; ) {
    const step = Math.max(1, cut(text.length - at));
    splitter.push(text.slice(at, at + step));
    at += step;
  }
  return { elements, ...splitter.end(), counts: splitter.counts, keys: [...splitter.firstKeys] };
}

const event = fc.record({ type: fc.nat(6), timestamp: fc.nat(), data: fc.jsonValue({ maxDepth: 4 }) });

describe('createElementSplitter', () => {
  it('finds the same elements however the text is cut and wrapped', () => {
    const wrappings = [
      (events: unknown[]) => JSON.stringify(events),
      (events: unknown[]) => JSON.stringify(events, null, 2),
      (events: unknown[]) => events.map((one) => JSON.stringify(one)).join('\n'),
      (events: unknown[]) => JSON.stringify({ id: 'x', events, after: { events: [1] } }),
      (events: unknown[]) => JSON.stringify({ version: 1, data: { person: {}, snapshots: events }, z: [] }),
      (events: unknown[]) => JSON.stringify([events]),
      (events: unknown[]) => `${JSON.stringify({ data: events })}\n`,
    ];
    fc.assert(
      fc.property(
        fc.array(event, { minLength: 1, maxLength: 6 }),
        fc.nat(wrappings.length - 1),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
        (events, which, cuts) => {
          // An event whose data is an array would be a wrapper; rrweb has none.
          const real = events.map((one) => ({ ...one, data: Array.isArray(one.data) ? {} : { payload: one.data } }));
          const text = wrappings[which]?.(real) ?? '';
          let turn = 0;
          const { elements, truncated } = split(text, () => cuts[turn++ % cuts.length] ?? 1);
          expect(truncated).toBe(false);
          expect(elements.map((one) => JSON.parse(one))).toEqual(JSON.parse(JSON.stringify(real)));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('keeps what is whole of a text that breaks off, at every place', () => {
    const events = [{ type: 4, data: { href: 'a"b\\' } }, { type: 2, data: { node: [[{}]] } }, { type: 3 }];
    const text = JSON.stringify(events);
    const ends = events.map(
      (_, index) => text.length - JSON.stringify(events.slice(index + 1)).length + (index < 2 ? 0 : 1),
    );
    for (let length = 1; length < text.length; length++) {
      const { elements, truncated } = split(text.slice(0, length));
      expect(truncated).toBe(true);
      expect(elements.map((one) => JSON.parse(one))).toEqual(events.slice(0, elements.length));
      expect(elements.length).toBeGreaterThanOrEqual(ends.filter((end) => end <= length).length - 1);
    }
  });

  it('leaves out what is too large or too deep, and counts it', () => {
    const deep = `${'{"a":'.repeat(60)}1${'}'.repeat(60)}`;
    const large = JSON.stringify({ type: 2, data: 'x'.repeat(20_000) });
    const { elements, counts } = split(`[${deep},{"type":1},${large},{"type":2}]`, () => 777);
    expect(elements).toEqual(['{"type":1}', '{"type":2}']);
    expect(counts).toMatchObject({ tooDeep: 1, tooLarge: 1, stray: 0 });
  });

  it('gives strings as elements and counts what is neither', () => {
    const { elements, counts } = split('["x\\"y", 12, true, {"type":0}] rest');
    expect(elements).toEqual(['"x\\"y"', '{"type":0}']);
    expect(counts.stray).toBeGreaterThan(0);
  });

  it('notes the keys of the first object and survives a bomb of brackets', () => {
    expect(split('{"log":{"version":"1.2","entries":[{"a":{}}]}}').keys).toEqual(['log', 'log.version', 'log.entries']);
    expect(split('['.repeat(100_000)).elements).toEqual([]);
  });
});
