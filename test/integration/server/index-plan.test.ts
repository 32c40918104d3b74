import { expect, test } from 'vitest';
import { FEED_SQL } from '../../../server/storage/embedded/change-feed.ts';
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
