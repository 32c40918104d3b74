import { expect, it } from 'vitest';
import { LIBRARY_MIGRATIONS } from '../../../main/engine/store/migrations.ts';
import { TRANSCRIPTS_SQL } from '../../../main/engine/store/models.ts';
import { migrate } from '../../../shared/node/migrate.ts';
import { openWriter } from '../../../shared/node/sqlite.ts';

it('the transcripts of a session come out of their key, newest first, without sorting', () => {
  const db = openWriter({ file: ':memory:' });
  migrate(db, LIBRARY_MIGRATIONS);
  const plan = db.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${TRANSCRIPTS_SQL}`, 1).map(({ detail }) => detail);
  db.close();
  expect(plan).toEqual(['SEARCH transcript USING PRIMARY KEY (session=?)']);
});
