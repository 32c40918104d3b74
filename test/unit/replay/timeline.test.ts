import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ChunkInfo } from '../../../shared/model/session.ts';
import { createRecordingIndex } from '../../../shared/replay/recording-index.ts';
import { countUpTo, loadOrder, risingTimes, shownAt, spanOf } from '../../../shared/replay/timeline.ts';
import { fullSnapshot, incremental, meta, mutation, nodeFactory } from '../../support/replay-page.ts';
import { testTree } from '../../support/replay-tree.ts';

const chunk = (index: number, generation: string, firstSeq: number, fromAt: number, toAt = fromAt): ChunkInfo => ({
  index,
  window: 'w',
  generation,
  firstSeq,
  count: 10,
  fromAt,
  toAt,
  bytes: 1,
  sha256: '',
});

test('a span covers all chunks, whichever way their clocks ran', () => {
  expect(spanOf([chunk(0, 'a', 0, 500, 900), chunk(1, 'a', 10, 950, 300)])).toEqual({
    startAt: 300,
    durationMs: 650,
    events: 20,
  });
  expect(spanOf([]).durationMs).toBe(0);
});

test('chunks load by time, but within a generation by sequence', () => {
  const chunks = [chunk(0, 'a', 20, 100), chunk(1, 'a', 0, 300), chunk(2, 'b', 0, 200), chunk(3, 'a', 10, 400)];
  expect(loadOrder(chunks).map(({ generation, firstSeq }) => `${generation}${firstSeq}`)).toEqual([
    'a0',
    'b0',
    'a10',
    'a20',
  ]);
});

test('times rise, right ones stay, and a single wrong one disturbs no other', () => {
  expect(risingTimes([10, 20, 19_000, 30, 40], 0)).toEqual([10, 20, 20, 30, 40]);
  expect(risingTimes([100, 155, 90, 160], 0)).toEqual([100, 155, 155, 160]);
  expect(risingTimes([5, Number.NaN, null, '7', 9], 3)).toEqual([5, 5, 5, 5, 9]);
  expect(risingTimes([1, 2], 50)).toEqual([50, 50]);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -50, max: 50 })), fc.integer({ min: -10, max: 10 }), (times, floor) => {
      const rising = risingTimes(times, floor);
      expect(rising).toEqual([...rising].sort((a, b) => a - b));
      const sorted = times.map((time) => Math.max(time, floor)).sort((a, b) => a - b);
      if (times.every((time) => time >= floor)) expect(risingTimes(sorted, floor)).toEqual(sorted);
    }),
  );
});

test('the generation that was last loaded or used is shown; before all of them, the first', () => {
  const first = { firstPageMs: 100, activityMs: [150, 900] };
  const second = { firstPageMs: 500, activityMs: [600] };
  const empty = { firstPageMs: null, activityMs: [950] };
  const shown = (atMs: number): number => shownAt([empty, first, second], atMs);
  expect([0, 100, 499, 500, 700, 900, 1000].map(shown)).toEqual([1, 1, 1, 2, 2, 1, 1]);
  expect(shownAt([empty], 1000)).toBe(-1);
});

test('countUpTo agrees with counting', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), fc.integer({ min: -1, max: 21 }), (values, limit) => {
      const rising = [...values].sort((a, b) => a - b);
      expect(countUpTo(rising, limit)).toBe(rising.filter((value) => value <= limit).length);
    }),
  );
});

test('repeated and overlapping chunks change nothing; tabs are told apart', () => {
  const { element, text, page } = nodeFactory();
  const events = (word: string, at: number) => [
    meta(at),
    fullSnapshot(at + 10, page([], [element('p', {}, [text(word)])])),
    mutation(at + 100, { texts: [{ id: 7, value: `${word} later` }] }),
    incremental(at + 200, { source: 1, positions: [{ x: 1, y: 2, id: 6, timeOffset: -50 }] }),
  ];
  const index = createRecordingIndex(testTree().tree.rules, 1000);
  const one = events('one', 1000);
  index.add({ generation: 'a', firstSeq: 0 }, one);
  index.add({ generation: 'a', firstSeq: 0 }, one);
  index.add({ generation: 'a', firstSeq: 2 }, one.slice(2));
  index.add({ generation: 'b', firstSeq: 0 }, events('two', 5000));
  const wordAt = (atMs: number): string => index.viewAt(atMs, null)?.moment.tree.get(7)?.text ?? '';
  expect([0, 50, 100, 4000, 4010, 4150].map(wordAt)).toEqual([
    'one',
    'one',
    'one later',
    'one later',
    'two',
    'two later',
  ]);
  expect(index.viewAt(160, null)?.pointer).toMatchObject({ x: 1, y: 2, node: 6 });
  expect(index.viewAt(140, null)?.pointer).toBeNull();
  expect(index.nextActivityMs(300)).toBe(4010);
  expect(index.nextActivityMs(4500)).toBeNull();
});
