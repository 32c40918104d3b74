import { afterAll, beforeAll, expect, test } from 'vitest';
import { type NewProject, revokeKey } from '../../../server/admin/index.ts';
import { includesRole, Role } from '../../../shared/wire/access.ts';
import { ProjectInfo } from '../../../shared/wire/change.ts';
import { get, headOf, post, put, readFeed, sha256 } from './support/client.ts';
import { type InsideServer, startInside } from './support/server-inside.ts';
import { upgrade } from './support/stream-client.ts';
import { visitBatches, visitEvents } from './support/visit.ts';

const CSS = Buffer.from('.my-css {}');
const THEIR_CSS = Buffer.from('.their-css {}');
const DAY_MS = 86_400_000;
let now = Date.now();

/** Everything that can be sent along, by name; `mine` and `theirs` are two projects with the same session ids on purpose. */
interface Holder {
  readonly secret: string;
  readonly project?: 'mine' | 'theirs';
  readonly role?: Role;
  readonly isWriteKey?: boolean;
}

let server: InsideServer;
let mine: NewProject;
let theirs: NewProject;
let theirSeq = 0;
/** What must never reach anyone but holders of tokens of the other project. */
let theirMarks: string[] = [];
const holders: [string, Holder][] = [
  ['nothing', { secret: '' }],
  ['a forged token', { secret: 'tfr_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
];

beforeAll(async () => {
  server = await startInside({ clock: () => now });
  mine = await server.project('Mine');
  theirs = await server.project('Theirs');
  theirMarks = [
    theirs.project,
    'Theirs',
    'their-window',
    'their-body',
    'theirs-alone',
    'their-user',
    'their-tag',
    'their-css',
  ];
  const bodies = { mine: ['my-window', '["my-body"]'], theirs: ['their-window', '["their-body"]'] } as const;
  for (const [name, project] of [['mine', mine] as const, ['theirs', theirs] as const]) {
    const [window, body] = bodies[name];
    await post(server.url, headOf(project.writeKey, { window }), body);
    holders.push([`the write key of ${name}`, { secret: project.writeKey, project: name, isWriteKey: true }]);
    for (const role of Role.options) {
      const { secret, id } = await server.addKey({ kind: 'read', project: project.project, role });
      holders.push([`${role} of ${name}`, { secret, project: name, role }]);
      if (name === 'theirs') theirMarks.push(id);
    }
  }
  const visit = visitEvents({ session: 'theirs-alone', user: { id: 'their-user' } });
  for (const { head, body } of visitBatches(visit, 'theirs-alone', 100))
    await post(server.url, headOf(theirs.writeKey, head), body);
  await server.settle();
  expect((await put(server.url, theirs.writeKey, 'theirs-alone', THEIR_CSS)).status).toBe(200);
  const tagged = await write('/v1/annotations', { annotations: [tagOf('theirs-alone', 'their-tag')] })(
    theirs.readToken,
  );
  expect(await tagged.json()).toEqual({ outcomes: ['stored'] });
  const revoked = await server.addKey({ kind: 'read', project: theirs.project, role: 'admin' });
  await revokeKey({ dir: server.dir, clock: () => now }, revoked.id);
  const expired = await server.addKey({ kind: 'read', project: theirs.project, role: 'admin', validMs: DAY_MS });
  holders.push(['a revoked token', { secret: revoked.secret }], ['an expired token', { secret: expired.secret }]);
  theirSeq = (await readFeed(server.url, theirs.readToken))[0]?.seq ?? 0;
  now += DAY_MS;
});
afterAll(() => server.close());

type Ask = (secret: string) => Promise<Response>;
const read =
  (path: string): Ask =>
  (secret) =>
    get(server.url, path, secret);

const write =
  (path: string, body: unknown): Ask =>
  (secret) =>
    fetch(server.url + path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { authorization: `Bearer ${secret}` },
    });

const tagOf = (session: string, name: string) => ({ kind: 'tag', session, editedAt: now, name, isOn: true });

/** One request for each route of the server, asking for what is theirs where a route can be asked for a thing. */
const asks = (): Record<string, Ask> => ({
  'POST /v1/batches': (secret) => post(server.url, headOf(secret || 'x', { window: 'my-window' }), '["my-body"]'),
  'GET /v1/stream': (secret) => upgrade(server.url, secret || 'x'),
  'GET /v1/changes': read('/v1/changes?after=0&limit=1000&annotations=1'),
  'GET /v1/chunks/': read(`/v1/chunks/${theirSeq}`),
  'GET /v1/project': read('/v1/project'),
  'GET /v1/live': read('/v1/live'),
  'GET /v1/sessions': read('/v1/sessions'),
  'GET /v1/sessions/': read('/v1/sessions/theirs-alone'),
  'POST /v1/erasures': write('/v1/erasures', { user: 'their-user' }),
  'POST /v1/exports': write('/v1/exports', { user: 'their-user' }),
  'GET /v1/holds': read('/v1/holds'),
  'POST /v1/holds': write('/v1/holds', { session: 'another', isOn: true }),
  'GET /v1/retention': read('/v1/retention'),
  'POST /v1/retention': write('/v1/retention', { days: 365 }),
  'GET /v1/annotations': read('/v1/annotations'),
  'POST /v1/annotations': write('/v1/annotations', { annotations: [tagOf('theirs-alone', 'another')] }),
  'PUT /v1/assets/': (secret) => put(server.url, secret || 'x', 's1', CSS),
  'GET /v1/assets/': read(`/v1/assets/${sha256(THEIR_CSS)}`),
  'GET /v1/scrubbing': read('/v1/scrubbing'),
  'POST /v1/scrubbing': write('/v1/scrubbing', { rules: null }),
  'GET /v1/audit': read('/v1/audit'),
  'GET /v1/health': read('/v1/health'),
  'GET /healthz': read('/healthz'),
  'GET /readyz': read('/readyz'),
  'GET /openapi.json': read('/openapi.json'),
  'GET /sdk/v1/': read('/sdk/v1/traceflow.js'),
});

test('the marks that must not leak are found where they belong', async () => {
  const { secret } = await server.addKey({ kind: 'read', project: theirs.project, role: 'admin' });
  const texts = await Promise.all(
    [
      '/v1/changes?annotations=1',
      `/v1/assets/${sha256(THEIR_CSS)}`,
      `/v1/chunks/${theirSeq}`,
      '/v1/project',
      '/v1/audit',
      '/v1/sessions',
    ].map(async (path) => (await get(server.url, path, secret)).text()),
  );
  for (const mark of theirMarks) expect(texts.join(' ')).toContain(mark);
});

test('every route opens to those it is for, and never a byte of another project leaks', async () => {
  const named = asks();
  expect(server.routes.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(Object.keys(named).sort());
  for (const { method, path, access } of server.routes) {
    for (const [who, { secret, project, role, isWriteKey }] of holders) {
      const what = `${method} ${path} with ${who}`;
      const response = await named[`${method} ${path}`]?.(secret);
      const text = `${JSON.stringify([...(response?.headers ?? [])])} ${await response?.text()}`;
      const isServed = response !== undefined && response.status !== 401 && response.status !== 403;
      if (access === 'anyone') expect(isServed, what).toBe(true);
      else if (access === 'write key') expect(isServed, what).toBe(isWriteKey === true);
      else {
        const isIn = role !== undefined && includesRole(role, access);
        expect(isServed, what).toBe(isIn);
        if (!isIn) expect(response?.status, what).toBe(role ? 403 : 401);
      }
      if (project !== 'theirs' || !isServed)
        for (const mark of theirMarks) expect(text.includes(mark), `${what}: ${mark}`).toBe(false);
    }
  }
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

test('a connection test learns project, name, history and what the token may do', async () => {
  const info = ProjectInfo.parse(await (await get(server.url, '/v1/project', mine.readToken)).json());
  expect(info).toMatchObject({ project: mine.project, name: 'Mine', role: 'analyst' });
});

test('a token that is used every day stops at the moment it expires, and a revoked one with the next request', async () => {
  const short = await server.addKey({ kind: 'read', project: mine.project, validMs: DAY_MS });
  const gone = await server.addKey({ kind: 'read', project: mine.project });
  const status = async (token: string) => (await get(server.url, '/v1/project', token)).status;
  now += DAY_MS - 1;
  expect([await status(short.secret), await status(gone.secret)]).toEqual([200, 200]);
  now += 1;
  await revokeKey({ dir: server.dir, clock: () => now }, gone.id);
  expect([await status(short.secret), await status(gone.secret)]).toEqual([401, 401]);
});

test.each([
  ['https://shop.example', 200],
  ['https://SHOP.example', 200],
  ['https://eu.shops.example', 200],
  ['https://shops.example', 403],
  ['https://evilshops.example', 403],
  ['https://shop.example.evil', 403],
  ['http://shop.example', 403],
  [undefined, 403],
])('a key for some origins answers a page of %s with %i', async (origin, status) => {
  const origins = ['https://Shop.example/', 'https://*.shops.example'];
  const { secret } = await server.addKey({ kind: 'write', project: mine.project, origins });
  const response = await fetch(`${server.url}/v1/batches?${headOf(secret)}`, {
    method: 'POST',
    body: '[1]',
    headers: origin === undefined ? {} : { origin },
  });
  expect(response.status).toBe(status);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
});
