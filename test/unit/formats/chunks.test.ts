import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createChunkBuilder, type RawChunk } from '../../../shared/formats/rrweb/chunk-builder.ts';
import { mergeEvents, readChunkEvents } from '../../../shared/formats/rrweb/chunk-events.ts';

const readable = fc.record({ type: fc.nat(6), timestamp: fc.nat(1000), data: fc.string() });

describe('chunks', () => {
  it('give back all events in order, in ranges without a gap', () => {
    fc.assert(
      fc.property(fc.array(readable, { minLength: 1 }), fc.integer({ min: 1, max: 200 }), (events, limit) => {
        const builder = createChunkBuilder(limit);
        const added = events.map((event) => builder.add({ text: JSON.stringify(event), at: event.timestamp }));
        const chunks = [...added, builder.flush()].filter((chunk): chunk is RawChunk => chunk !== null);
        const read = chunks.flatMap((chunk) => readChunkEvents(chunk.json, { window: 'w', generation: 'g', ...chunk }));
        expect(read.map(({ event }) => event)).toEqual(events);
        expect(read.map(({ seq }) => seq)).toEqual(events.map((_, index) => index));
        for (const chunk of chunks) {
          const times = events.slice(chunk.firstSeq, chunk.firstSeq + chunk.count).map((event) => event.timestamp);
          expect([chunk.fromAt, chunk.toAt]).toEqual([Math.min(...times), Math.max(...times)]);
        }
      }),
    );
  });

  it.each([
    ['{}', 'no array'],
    ['[', 'valid JSON'],
    ['[1]', 'holds 1'],
    [`${'['.repeat(5000)}${']'.repeat(5000)}`, 'deep'],
  ])('refuse %.10s', (json, why) => {
    expect(() => readChunkEvents(json, { window: 'w', generation: 'g', firstSeq: 0, count: 2 })).toThrow(why);
  });
});

describe('mergeEvents', () => {
  it('drops repeats whatever the order and overlap of the chunks, and sorts by time, generation, seq', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ g: fc.constantFrom('a', 'b'), seq: fc.nat(20) })), fc.nat(5), (places, size) => {
        const events = places.map(({ g, seq }) => ({
          window: 'w',
          generation: g,
          seq,
          event: { type: 3, data: null, timestamp: Math.floor(seq / 3) },
        }));
        const cuts =
          size === 0
            ? [events]
            : Array.from({ length: size }, (_, part) => events.filter((_e, i) => i % size === part));
        const merged = mergeEvents(cuts);
        const identities = merged.map((one) => `${one.generation} ${one.seq}`);
        expect(new Set(identities).size).toBe(identities.length);
        expect([...identities].sort()).toEqual([...new Set(places.map(({ g, seq }) => `${g} ${seq}`))].sort());
        const sorted = [...merged].sort(
          (a, b) => a.event.timestamp - b.event.timestamp || a.generation.localeCompare(b.generation) || a.seq - b.seq,
        );
        expect(merged).toEqual(sorted);
      }),
    );
  });
});
