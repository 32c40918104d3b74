import { writeFile } from 'node:fs/promises';
import { afterEach, expect, test } from 'vitest';
import { openZip } from '../../../shared/node/zip-reader.ts';
import { get, headOf, post, put, readFeed, sha256 } from './support/client.ts';
import { type InsideServer, startInside } from './support/server-inside.ts';
import { findTraces } from './support/traces.ts';

let server: InsideServer;
afterEach(() => server.close());

const png = (text: string): Buffer<ArrayBuffer> => Buffer.from(`\x89PNG\r\n\x1a\n${text}`, 'latin1');
const admin = (path: string, secret: string, body: unknown): Promise<Response> =>
  fetch(server.url + path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { authorization: `Bearer ${secret}` },
  });

test('an asset is kept once for all sessions that name it, handed out harmless, and goes with the last of them', async () => {
  server = await startInside();
  const { writeKey, readToken, project } = await server.project('Shop');
  const { secret } = await server.addKey({ kind: 'read', role: 'admin', project });
  for (const session of ['one', 'two', 'three'])
    await post(server.url, headOf(writeKey, { session, generation: session }), '["a","b"]');
  const photo = png('markofphoto');
  const own = png('markofown');
  const read = async (bytes: Buffer) => get(server.url, `/v1/assets/${sha256(bytes)}`, readToken);
  const bring = async (session: string, bytes: Buffer<ArrayBuffer>) =>
    (await put(server.url, writeKey, session, bytes, 'image/png')).json();
  // Two at once: one of them finds what the other brought.
  const both = await Promise.all([bring('one', photo), bring('two', photo)]);
  expect(both.map(({ duplicate }) => duplicate).sort()).toEqual([false, true]);
  expect(await bring('one', photo)).toEqual({ sha256: sha256(photo), duplicate: true });
  expect(await bring('one', own)).toEqual({ sha256: sha256(own), duplicate: false });
  expect(await findTraces(server.dir, ['markofphoto'])).toHaveLength(1);

  const answer = await read(photo);
  expect([answer.status, Buffer.from(await answer.arrayBuffer())]).toEqual([200, photo]);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'image/png',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'content-disposition': 'attachment',
  });
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  // Sequence numbers go on behind assets, also after a start that makes the index anew.
  expect((await readFeed(server.url, readToken)).map(({ seq }) => seq)).toEqual([1, 2, 3]);

  const exported = await admin('/v1/exports', secret, { session: 'two' });
  const file = `${server.dir}/export.zip`;
  await writeFile(file, Buffer.from(await exported.arrayBuffer()));
  const zip = await openZip(file, { maxEntries: 100, maxEntryBytes: 1e6, maxTotalBytes: 1e6 });
  expect(await zip.read(`two/assets/${sha256(photo)}`)).toEqual(photo);
  expect([...zip.names].filter((name) => name.includes('/assets/'))).toHaveLength(1);
  zip.close();
  await writeFile(file, '');

  await admin('/v1/erasures', secret, { session: 'one' });
  expect([(await read(photo)).status, (await read(own)).status]).toEqual([200, 404]);
  expect(await findTraces(server.dir, ['markofown'])).toEqual([]);
  expect((await put(server.url, writeKey, 'one', own, 'image/png')).status).toBe(410);
  expect(await bring('three', photo)).toMatchObject({ duplicate: true });
  await admin('/v1/erasures', secret, { session: 'two' });
  expect(Buffer.from(await (await read(photo)).arrayBuffer())).toEqual(photo);
  await admin('/v1/erasures', secret, { session: 'three' });
  expect((await read(photo)).status).toBe(404);
  expect(await findTraces(server.dir, ['markofphoto'])).toEqual([]);
});

test('what is no asset is refused with the reason, and pages of foreign origins too', async () => {
  server = await startInside({ limits: { batchBytes: 1000 } });
  const { writeKey, readToken, project } = await server.project('Shop');
  const { secret } = await server.addKey({ kind: 'read', role: 'admin', project });
  await post(server.url, headOf(writeKey), '["a","b"]');
  const css = Buffer.from('a { color: red }');
  const status = async (...args: Parameters<typeof put> extends [string, ...infer Rest] ? Rest : never) =>
    (await put(server.url, ...args)).status;
  expect(await status(writeKey, 's1', css)).toBe(200);
  expect(await status(writeKey, 's1', css, 'text/css; charset=utf-8')).toBe(200);
  expect(await status(writeKey, 'never-came', css)).toBe(404);
  expect(await status(writeKey, 's1', css, 'text/html')).toBe(415);
  expect(await status(writeKey, 's1', css, 'image/png')).toBe(400);
  expect(await status(writeKey, 's1', css, 'font/woff2')).toBe(400);
  expect(await status(writeKey, 's1', Buffer.from([0, 1, 2]))).toBe(400);
  expect(await status(writeKey, 's1', css, 'text/css', sha256(Buffer.from('other')))).toBe(400);
  expect(await status(writeKey, 's1', css, 'text/css', '..%2f..%2fx')).toBe(400);
  expect(await status(writeKey, 's1', Buffer.alloc(2000, 0x20))).toBe(413);
  expect(await status(readToken, 's1', css)).toBe(401);
  const some = await server.addKey({ kind: 'write', project, origins: ['https://shop.example'] });
  expect(await status(some.secret, 's1', css)).toBe(403);
  const preflight = await fetch(`${server.url}/v1/assets/${sha256(css)}`, { method: 'OPTIONS' });
  expect(preflight.headers.get('access-control-allow-methods')).toBe('PUT');
  // Rules cannot be applied to text that is named by its hash.
  await admin('/v1/scrubbing', secret, { rules: { patterns: ['email'] } });
  expect(await status(writeKey, 's1', Buffer.from('b {}'))).toBe(415);
  expect(await status(writeKey, 's1', png('x'), 'image/png')).toBe(200);
});
