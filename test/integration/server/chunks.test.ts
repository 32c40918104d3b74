import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NewProject } from '../../../server/admin/index.ts';
import { get, headOf, post, readFeed, sha256 } from './support/client.ts';
import { type InsideServer, startInside } from './support/server-inside.ts';
import { temporaryFolder } from './support/server-process.ts';

let server: InsideServer;
let project: NewProject;
let seq = 0;
const body = Buffer.from(`[${randomBytes(5000).toString('hex')}`);
beforeAll(async () => {
  server = await startInside();
  project = await server.project('Shop');
  await post(server.url, headOf(project.writeKey), body);
  seq = (await readFeed(server.url, project.readToken))[0]?.seq ?? 0;
});
afterAll(() => server.close());

const chunk = (headers: Record<string, string> = {}): Promise<Response> =>
  get(server.url, `/v1/chunks/${seq}`, project.readToken, headers);

test('a chunk is its bytes, under its hash', async () => {
  const response = await chunk();
  expect(Buffer.from(await response.arrayBuffer()).equals(body)).toBe(true);
  expect(response.headers.get('content-type')).toBe('application/octet-stream');
  expect(response.headers.get('content-encoding')).toBeNull();
  expect(response.headers.get('x-traceflow-sha256')).toBe(sha256(body));
  expect(response.headers.get('etag')).toBe(`"${sha256(body)}"`);
  expect(response.headers.get('access-control-allow-origin')).toBeNull();
  expect((await chunk({ 'if-none-match': `"${sha256(body)}"` })).status).toBe(304);
});

test('a download can be resumed', async () => {
  const first = await chunk({ range: 'bytes=0-99' });
  const rest = await chunk({ range: 'bytes=100-', 'if-range': `"${sha256(body)}"` });
  expect([first.status, rest.status]).toEqual([206, 206]);
  expect(rest.headers.get('content-range')).toBe(`bytes 100-${body.length - 1}/${body.length}`);
  const parts = [await first.arrayBuffer(), await rest.arrayBuffer()].map((part) => Buffer.from(part));
  expect(Buffer.concat(parts).equals(body)).toBe(true);
  const other = await chunk({ range: 'bytes=100-', 'if-range': '"other"' });
  expect(other.status).toBe(200);
  const beyond = await chunk({ range: `bytes=${body.length}-` });
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${body.length}`]);
});

test.each(['', '0', '-1', 'x', '1.5', '99999999999999999999', '1/2', '%00'])('there is no chunk %j', async (text) => {
  expect((await get(server.url, `/v1/chunks/${text}`, project.readToken)).status).toBe(404);
});

test.each(['after=-1', 'after=x', 'limit=0', 'limit=1001'])('a page with %s is refused', async (query) => {
  expect((await get(server.url, `/v1/changes?${query}`, project.readToken)).status).toBe(400);
});

test('a cursor beyond the end gets nothing and learns the head', async () => {
  const page = await (await get(server.url, '/v1/changes?after=999', project.readToken)).json();
  expect(page).toMatchObject({ changes: [], next: 999, head: seq });
});

test('the SDK is handed out to pages of any origin, and asked for again only when it changed', async () => {
  expect((await fetch(`${server.url}/sdk/v1/traceflow.js`)).status).toBe(404);
  const { dir, remove } = await temporaryFolder();
  const sdkFile = join(dir, 'sdk.js');
  await writeFile(sdkFile, 'export const init = () => {};');
  const other = await startInside({ sdkFile });
  const url = `${other.url}/sdk/v1/traceflow.js`;
  const response = await fetch(url, { headers: { origin: 'https://shop.example' } });
  expect(await response.text()).toBe('export const init = () => {};');
  expect(response.headers.get('content-type')).toMatch(/^text\/javascript/);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  const etag = response.headers.get('etag') ?? '';
  expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304);
  expect((await fetch(`${other.url}/sdk/v1/traceflow-0123abcd.js`)).status).toBe(404);
  await writeFile(join(dir, 'traceflow-0123abcd.js'), 'export const later = 1;');
  const later = await fetch(`${other.url}/sdk/v1/traceflow-0123abcd.js`);
  expect([await later.text(), later.headers.get('cache-control')]).toEqual([
    'export const later = 1;',
    'public, max-age=31536000, immutable',
  ]);
  for (const path of ['sdk.js', '..%2Fsdk.js', 'traceflow-x.js']) {
    expect((await fetch(`${other.url}/sdk/v1/${path}`)).status).toBe(404);
  }
  await writeFile(sdkFile, 'export const init = () => 2;');
  expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(200);
  await other.close();
  await remove();
});
