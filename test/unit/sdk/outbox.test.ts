import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createOutbox } from '../../../sdk/node/src/transport/outbox.ts';
import { createPlace } from '../../../sdk/web/src/session/place.ts';

test('batches are runs of one generation, never cut again, and what is given up is counted', () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('add' as const), session: fc.nat(3), length: fc.integer({ min: 1, max: 40 }) }),
    fc.record({ do: fc.constantFrom('seal', 'take', 'putBack', 'remove') }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      let dropped = 0;
      const outbox = createOutbox({ batchChars: 60, totalChars: 300, onDropped: (events) => (dropped += events) });
      const places = [0, 1, 2, 3].map((id) => createPlace(`s${id}`, 'backend_x', `g${id}`));
      const taken: NonNullable<ReturnType<typeof outbox.take>>[] = [];
      const sizes = new Map<object, number>();
      let [added, removed] = [0, 0];
      for (const one of steps) {
        if ('session' in one) {
          const place = places[one.session];
          if (place) outbox.add(place, added++, 'x'.repeat(one.length));
        } else if (one.do === 'seal') outbox.seal();
        else if (one.do === 'take') {
          const batch = outbox.take();
          if (batch) taken.push(batch);
          if (batch) expect(sizes.get(batch) ?? batch.events.length).toBe(batch.events.length);
          if (batch) sizes.set(batch, batch.events.length);
        } else {
          const batch = taken.shift();
          if (batch && one.do === 'putBack') outbox.putBack(batch);
          if (batch && one.do === 'remove') {
            removed += batch.events.length;
            outbox.remove(batch);
          }
        }
        expect(outbox.count() + dropped + removed).toBe(added);
        const waiting = outbox.all().filter((batch) => !taken.includes(batch));
        const chars = outbox.all().reduce((sum, batch) => sum + batch.chars, 0);
        expect(chars <= 300 || waiting.length === 0).toBe(true);
        const ends = new Map<string, number>();
        for (const { place, first, events } of outbox.all().toSorted((a, b) => a.first - b.first)) {
          expect(first).toBeGreaterThanOrEqual(ends.get(place.generation) ?? 0);
          ends.set(place.generation, first + events.length);
        }
      }
    }),
  );
});
