import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NewProject } from '../../../server/admin/index.ts';
import { BatchReceipt, MAX_BATCH_BYTES, Problem } from '../../../shared/wire/batch.ts';
import { sized } from '../../support/size.ts';
import { gzipBatch, headOf, post, readFeed } from './support/client.ts';
import { type InsideServer, startInside } from './support/server-inside.ts';

let server: InsideServer;
let project: NewProject;
beforeAll(async () => {
  server = await startInside();
  project = await server.project('Shop');
});
afterAll(() => server.close());

const send = (over: Record<string, string | number>, body: BodyInit) =>
  post(server.url, headOf(project.writeKey, over), body);

async function refused(response: Response, status: number): Promise<Problem> {
  expect(response.status).toBe(status);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  return Problem.parse(await response.json());
}

test('a batch is acknowledged with the next seq, a repeat as such, a contradiction with 409', async () => {
  const over = { generation: 'once' };
  const answers = [];
  for (const body of ['[1,2]', '[1,2]']) answers.push(BatchReceipt.parse(await (await send(over, body)).json()));
  expect(answers).toEqual([
    { generation: 'once', next: 2, duplicate: false },
    { generation: 'once', next: 2, duplicate: true },
  ]);
  expect((await refused(await send(over, '[1,3]'), 409)).code).toBe('conflict');
  expect(
    (await readFeed(server.url, project.readToken)).filter(({ generation }) => generation === 'once'),
  ).toHaveLength(1);
});

test('the same batches three times, shuffled and in overlapping cuts, leave one set', async () => {
  const generation = 'shuffled';
  const batches = Array.from({ length: sized(15) }, (_, at) => ({ first: at * 2, body: gzipBatch(`e${at}`) }));
  const overlap = { first: 1, count: 3, body: gzipBatch('overlap') };
  const all = [...batches, overlap, ...batches, ...batches, overlap];
  for (let at = all.length - 1; at > 0; at -= 1) {
    const other = randomInt(at + 1);
    [all[at], all[other]] = [all[other] ?? overlap, all[at] ?? overlap];
  }
  const receipts = await Promise.all(
    all.map(async ({ body, ...cut }) => BatchReceipt.parse(await (await send({ generation, ...cut }, body)).json())),
  );
  expect(receipts.filter(({ duplicate }) => !duplicate)).toHaveLength(batches.length + 1);
  expect(Math.max(...receipts.map(({ next }) => next))).toBe(batches.length * 2);
  const feed = (await readFeed(server.url, project.readToken, 7)).filter((change) => change.generation === generation);
  expect(feed.map(({ firstSeq, count }) => `${firstSeq}+${count}`).sort()).toEqual(
    [...batches.map(({ first }) => `${first}+2`), '1+3'].sort(),
  );
});

test.each([
  ['v', 'x', 'bad-request'],
  ['v', 2, 'unsupported'],
  ['session', '../etc', 'bad-request'],
  ['session', 'a'.repeat(65), 'bad-request'],
  ['window', '', 'bad-request'],
  ['generation', 'a b', 'bad-request'],
  ['first', -1, 'bad-request'],
  ['first', Number.MAX_SAFE_INTEGER, 'bad-request'],
  ['count', 0, 'bad-request'],
  ['count', 100_001, 'bad-request'],
  ['from', 'NaN', 'bad-request'],
  ['to', 1e300, 'bad-request'],
  ['sent', -5, 'bad-request'],
])('a head with %s=%s is refused with a reason', async (name, value, code) => {
  const problem = await refused(await send({ [name]: value }, '[1]'), 400);
  expect(problem.code).toBe(code);
  expect(problem.message).toContain(name === 'v' && value === 2 ? 'version' : name);
});

test('skewed clocks are kept, not judged', async () => {
  const over = { generation: 'skewed', from: 0, to: 8_640_000_000_000_000, sent: 0 };
  expect((await send(over, '[1]')).status).toBe(200);
  const [change] = (await readFeed(server.url, project.readToken)).filter(({ generation }) => generation === 'skewed');
  expect(change?.skewMs).toBe(change?.receivedAt);
});

test.each([
  ['nothing', ''],
  ['text', 'hello'],
  ['an object', '{"a":1}'],
  ['half a gzip magic', '\x1f'],
  ['leading space', ' []'],
])('a body that is %s is refused', async (_, body) => {
  expect((await refused(await send({ generation: 'form' }, body), 400)).message).toContain('gzip');
});

test('a body at the cap is taken, one byte more is refused before and after it was announced', async () => {
  const body = Buffer.alloc(MAX_BATCH_BYTES + 1, ' ');
  body.write('[');
  const atCap = await send({ generation: 'cap', first: 0 }, body.subarray(0, MAX_BATCH_BYTES));
  expect(atCap.status).toBe(200);
  expect((await refused(await send({ generation: 'cap', first: 2 }, body), 413)).code).toBe('too-large');
  const unannounced = await fetch(
    `${server.url}/v1/batches?${headOf(project.writeKey, { generation: 'cap', first: 4 })}`,
    {
      method: 'POST',
      body: new Blob([body]).stream(),
      duplex: 'half',
    } as RequestInit,
  );
  expect((await refused(unannounced, 413)).code).toBe('too-large');
});

test('a page of any origin may send, with and without a preflight', async () => {
  const url = `${server.url}/v1/batches`;
  const preflight = await fetch(url, {
    method: 'OPTIONS',
    headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST' },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
  expect(preflight.headers.get('access-control-allow-methods')).toBe('POST');
  const sent = await send({ generation: 'cors' }, '[1]');
  expect(sent.headers.get('access-control-allow-origin')).toBe('*');
  expect((await refused(await fetch(url), 405)).message).toContain('POST');
});
