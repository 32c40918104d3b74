import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPlace } from '../../../sdk/web/src/session/place.ts';
import { createQueue } from '../../../sdk/web/src/transport/queue.ts';

const place = createPlace('s', 'w', 'g');

describe('the queue', () => {
  it('cuts batches that are contiguous, within the size unless one event is larger, and lose nothing', () => {
    const step = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constantFrom('seal' as const, 'turn' as const));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const queue = createQueue({ batchChars: 200, totalChars: 1e9, onDropped: () => expect.fail('dropped') });
        let here = createPlace('s', 'w', 'g0');
        const added: string[] = [];
        let generation = 0;
        for (const one of steps) {
          if (one === 'seal') queue.seal();
          else if (one === 'turn') here = createPlace('s', 'w', `g${++generation}`);
          else {
            const seq = here.nextSeq++;
            queue.add(here, seq, added.length, 'x'.repeat(one));
            added.push(`${here.generation} ${seq}`);
          }
        }
        queue.seal();
        const sent: string[] = [];
        for (let batch = queue.head(); batch; batch = queue.head()) {
          for (let i = 0; i < batch.events.length; i++) sent.push(`${batch.place.generation} ${batch.first + i}`);
          expect(batch.events.length === 1 || batch.chars <= 200).toBe(true);
          expect(batch.chars).toBe(batch.events.join('').length);
          expect(batch.toAt - batch.fromAt).toBe(batch.events.length - 1);
          queue.remove(batch);
        }
        expect(sent).toEqual(added);
      }),
    );
  });

  it('gives up the oldest when too much waits, and says so', () => {
    let dropped = 0;
    const queue = createQueue({ batchChars: 10, totalChars: 35, onDropped: () => dropped++ });
    for (let seq = 0; seq < 6; seq++) queue.add(place, seq, seq, 'x'.repeat(10));
    expect(dropped).toBe(3);
    expect(queue.sealed().map(({ first }) => first)).toEqual([3, 4, 5]);
  });

  it('drops what a receipt says is stored, of that generation only', () => {
    const queue = createQueue({ batchChars: 10, totalChars: 1000, onDropped: () => undefined });
    const other = createPlace('s', 'w', 'other');
    for (let seq = 0; seq < 4; seq++) queue.add(place, seq, seq, 'x'.repeat(10));
    queue.add(other, 0, 9, 'x'.repeat(10));
    queue.acknowledge('g', 3);
    expect(queue.sealed().map((batch) => [batch.place.generation, batch.first])).toEqual([
      ['g', 3],
      ['other', 0],
    ]);
  });
});
