import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createGroupCommit } from '../../../../server/storage/embedded/group-commit.ts';

const caps = { items: 4, bytes: 100, bytesOf: (item: number) => item };

test('what arrives together shares a commit, what arrives meanwhile shares the next', async () => {
  const groups: number[][] = [];
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const group = createGroupCommit<number, number>(caps, async (items) => {
    groups.push([...items]);
    if (groups.length === 1) await held;
    return items.map((item) => item * 2);
  });
  const first = [group.add(1), group.add(2)];
  await expect.poll(() => groups.length).toBe(1);
  const later = [group.add(3), group.add(4), group.add(5)];
  release();
  expect(await Promise.all([...first, ...later])).toEqual([2, 4, 6, 8, 10]);
  expect(groups).toEqual([
    [1, 2],
    [3, 4, 5],
  ]);
});

test('order is kept, no group is over its caps, each item is committed once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: 150 }), { maxLength: 30 }), async (items) => {
      const groups: (readonly number[])[] = [];
      const group = createGroupCommit<number, number>(caps, async (some) => {
        groups.push(some);
        return some;
      });
      expect(await Promise.all(items.map((item) => group.add(item)))).toEqual(items);
      expect(groups.flat()).toEqual(items);
      for (const some of groups) {
        expect(some.length).toBeLessThanOrEqual(caps.items);
        // One item above the cap goes alone.
        if (some.length > 1) expect(some.reduce((sum, item) => sum + item, 0)).toBeLessThanOrEqual(caps.bytes);
      }
    }),
    { numRuns: 30 },
  );
});

test('a failed commit fails its own group only', async () => {
  const group = createGroupCommit<number, number>({ ...caps, items: 1 }, async (items) => {
    if (items[0] === 2) throw new Error('no room');
    return items;
  });
  const results = await Promise.allSettled([group.add(1), group.add(2), group.add(3)]);
  expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('settle waits for what was added before', async () => {
  const committed: number[] = [];
  const group = createGroupCommit<number, number>(caps, async (items) => {
    committed.push(...items);
    return items;
  });
  const added = [1, 2, 3, 4, 5, 6].map((item) => group.add(item));
  await group.settle();
  expect(committed).toEqual([1, 2, 3, 4, 5, 6]);
  await Promise.all(added);
});
