import { expect, test } from 'vitest';
import { openDerived } from '../../../server/process/derived-store.ts';
import { SESSIONS_OF_USER_SQL, SESSIONS_SQL } from '../../../server/process/session-list.ts';
import { ANNOTATIONS_SQL } from '../../../server/storage/embedded/annotations.ts';
import { FEED_SQL, SESSION_FEED_SQL } from '../../../server/storage/embedded/change-feed.ts';
import { ARRIVALS_SQL, SESSION_CHUNKS_SQL } from '../../../server/storage/embedded/chunk-reader.ts';
import { openIndex } from '../../../server/storage/embedded/index-file.ts';
import { temporaryFolder } from './support/server-process.ts';

const QUERIES: readonly (readonly [string, string, readonly (string | number)[]])[] = [
  ['feed', FEED_SQL, ['p', 0, 10]],
  ['head', 'SELECT max(seq) AS head FROM chunk WHERE project = ?', ['p']],
  [
    'stream',
    'SELECT id, next, reach FROM stream WHERE project = ? AND session = ? AND "window" = ? AND generation = ?',
    ['p', 's', 'w', 'g'],
  ],
  ['annotations', ANNOTATIONS_SQL, ['p', 0, 10]],
  ['arrivals', ARRIVALS_SQL, [0, 10]],
  ['chunks of a session', SESSION_CHUNKS_SQL, ['p', 's']],
  ['identity', 'SELECT sha256 FROM chunk WHERE stream = ? AND first = ? AND count = ?', [1, 2, 3]],
  [
    'islands',
    'SELECT first, first + count AS "end" FROM chunk WHERE stream = ? AND first > ? ORDER BY first LIMIT ?',
    [1, 2, 3],
  ],
];

test.each(QUERIES)('the query "%s" goes through an index and sorts nothing', async (_, sql, values) => {
  const { dir, remove } = await temporaryFolder();
  const db = openIndex(dir);
  const plan = db.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...values).map(({ detail }) => detail);
  expect(plan.filter((step) => !step.startsWith('SEARCH'))).toEqual([]);
  db.close();
  await remove();
});

test('the feed of one session goes through indexes; only what is behind the cursor is sorted', async () => {
  const { dir, remove } = await temporaryFolder();
  const db = openIndex(dir);
  const plan = db.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${SESSION_FEED_SQL}`, 'p', 's', 0, 10);
  expect(plan.map(({ detail }) => detail).filter((step) => !step.startsWith('SEARCH'))).toEqual([
    'USE TEMP B-TREE FOR ORDER BY',
  ]);
  db.close();
  await remove();
});

test.each([
  ['sessions', SESSIONS_SQL, ['p', 1, 's', 10]],
  ['sessions of a person', SESSIONS_OF_USER_SQL, ['p', 1, 's', 'p', 'u', 10]],
] as const)('the query "%s" over what is derived scans no table and sorts nothing', async (_, sql, values) => {
  const { dir, remove } = await temporaryFolder();
  const store = openDerived(dir);
  const plan = store.db.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...values).map(({ detail }) => detail);
  expect(plan.filter((step) => !/^(SEARCH|LIST SUBQUERY|CREATE BLOOM FILTER)/.test(step))).toEqual([]);
  store.close();
  await remove();
});
