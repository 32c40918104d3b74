import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NewProject } from '../../../server/admin/index.ts';
import { ProjectInfo } from '../../../shared/wire/change.ts';
import { get, headOf, post, readFeed } from './support/client.ts';
import { type InsideServer, startInside } from './support/server-inside.ts';

let server: InsideServer;
let mine: NewProject;
let theirs: NewProject;
let theirSeq = 0;
beforeAll(async () => {
  server = await startInside();
  mine = await server.project('Mine');
  theirs = await server.project('Theirs');
  // The same ids on purpose: an id is no authority.
  for (const { writeKey, name } of [mine, theirs]) await post(server.url, headOf(writeKey), JSON.stringify([name]));
  theirSeq = (await readFeed(server.url, theirs.readToken))[0]?.seq ?? 0;
});
afterAll(() => server.close());

const forged = 'tfr_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
const WHO = ['none', 'forged', 'my write key', 'their write key', 'my read token', 'their read token'] as const;
const secretOf = (who: (typeof WHO)[number]): string =>
  ({
    none: '',
    forged,
    'my write key': mine.writeKey,
    'their write key': theirs.writeKey,
    'my read token': mine.readToken,
    'their read token': theirs.readToken,
  })[who];

const routes = ['/v1/changes', '/v1/project', '/v1/chunks/SEQ', '/v1/changes?after=0&limit=1000'];
const matrix = routes.flatMap((route) => WHO.map((who) => [route, who] as const));

test.each(matrix)('%s with %s', async (route, who) => {
  const response = await get(server.url, route.replace('SEQ', String(theirSeq)), secretOf(who));
  const text = await response.text();
  if (who === 'their read token') {
    expect(response.status).toBe(200);
    expect(text).not.toContain('Mine');
    return;
  }
  const isReader = who === 'my read token';
  expect(response.status).toBe(isReader ? (route.includes('SEQ') ? 404 : 200) : 401);
  if (!isReader) expect(response.headers.get('www-authenticate')).toBe('Bearer');
  expect(text).not.toContain('Theirs');
  expect(text).not.toContain(`"seq":${theirSeq}`);
});

test.each(WHO)('sending with %s', async (who) => {
  const head = headOf(secretOf(who) || 'x', { generation: who.replaceAll(' ', '-') });
  const response = await post(server.url, head, '[1]');
  expect(response.status).toBe(who.endsWith('write key') ? 200 : 401);
});

test('a feed has the batches of its own project only', async () => {
  const feeds = await Promise.all([mine, theirs].map(({ readToken }) => readFeed(server.url, readToken)));
  const seqs = feeds.map((feed) => new Set(feed.map(({ seq }) => seq)));
  expect([...(seqs[0] ?? [])].filter((seq) => seqs[1]?.has(seq))).toEqual([]);
});

test('a missing chunk and the chunk of another project cannot be told apart', async () => {
  const [missing, foreign] = await Promise.all(
    [theirSeq + 1000, theirSeq].map(async (seq) => {
      const response = await get(server.url, `/v1/chunks/${seq}`, mine.readToken);
      return [response.status, (await response.text()).replace(String(seq), 'N')];
    }),
  );
  expect(foreign).toEqual(missing);
});

test('a connection test learns project, name and history', async () => {
  const info = ProjectInfo.parse(await (await get(server.url, '/v1/project', mine.readToken)).json());
  expect(info).toMatchObject({ project: mine.project, name: 'Mine' });
});

test('health says nothing of any project', async () => {
  const text = await (await fetch(`${server.url}/v1/health`)).text();
  expect(text).toContain('ok');
  for (const { project, name } of [mine, theirs]) {
    expect(text).not.toContain(project);
    expect(text).not.toContain(name);
  }
});
