import fc from 'fast-check';
import { expect, test } from 'vitest';
import { patch } from '../../../shared/replay/diff.ts';
import { createRecordingIndex } from '../../../shared/replay/recording-index.ts';
import { randomRecording } from '../../support/replay-mutations.ts';
import { assertSound, describe, testTree } from '../../support/replay-tree.ts';

const patchOptions = { timestamp: 1000, scrollAll: true };
const rules = () => testTree().tree.rules;

test('a tree stays sound whatever happens to it, and forks do not see what comes after them', () => {
  fc.assert(
    fc.property(randomRecording, (events) => {
      const { tree, apply } = testTree();
      const forks: { fork: ReturnType<typeof tree.fork>; page: unknown }[] = [];
      for (const event of events) {
        apply(event);
        assertSound(tree);
        forks.push({ fork: tree.fork(), page: describe(tree) });
      }
      for (const { fork, page } of forks) expect(describe(fork)).toEqual(page);
    }),
    { numRuns: 40 },
  );
});

test('the difference of two moments, applied to the one, gives the other', () => {
  fc.assert(
    fc.property(randomRecording, fc.nat(1000), fc.nat(1000), (events, a, b) => {
      const at = (n: number): ReturnType<typeof testTree> => {
        const made = testTree();
        made.apply(...events.slice(0, 2 + (n % (events.length - 1))));
        return made;
      };
      const from = at(a);
      const to = at(b);
      const { events: difference } = patch(from.tree, to.tree, patchOptions);
      from.apply(...structuredClone(difference));
      expect(describe(from.tree)).toEqual(describe(to.tree));
      expect(patch(null, to.tree, patchOptions).full).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('any walk of seeks through a recording shows what a linear replay shows', () => {
  fc.assert(
    fc.property(randomRecording, fc.array(fc.nat(1000), { minLength: 1, maxLength: 6 }), (events, places) => {
      const index = createRecordingIndex(rules(), 1000);
      index.add({ generation: 'g', firstSeq: 0 }, structuredClone(events));
      const screen = testTree();
      let view = index.viewAt(0, null);
      screen.apply(...patch(null, view?.moment.tree ?? screen.tree, patchOptions).events);
      for (const place of places) {
        const event = events[1 + (place % (events.length - 1))];
        const next = index.viewAt((event?.timestamp ?? 0) - 1000, view);
        if (!next || !view) throw new Error('no page');
        screen.apply(...structuredClone(patch(view.moment.tree, next.moment.tree, patchOptions).events));
        view = next;
        const linear = testTree();
        linear.apply(...events.filter(({ timestamp }) => timestamp <= (event?.timestamp ?? 0)));
        expect(describe(screen.tree)).toEqual(describe(linear.tree));
      }
    }),
    { numRuns: 150 },
  );
});

test('an unchanged page needs nothing, a changed text touches one node', () => {
  fc.assert(
    fc.property(randomRecording, (events) => {
      const { tree, apply } = testTree();
      apply(...events);
      expect(patch(tree, tree.fork(), patchOptions).events).toEqual([]);
    }),
    { numRuns: 30 },
  );
});
