import { appendFile, cp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { NewProject } from '../../../server/admin/index.ts';
import { ChangePage } from '../../../shared/wire/change.ts';
import { get, gzipBatch, headOf, post, readChunk, readFeed, sha256 } from './support/client.ts';
import { startInside } from './support/server-inside.ts';
import { temporaryFolder } from './support/server-process.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let project: NewProject;
beforeEach(async () => {
  folder = await temporaryFolder();
  const server = await startInside({ dir: folder.dir });
  project = await server.project('Shop');
  for (let first = 0; first < 20; first += 2) {
    await post(server.url, headOf(project.writeKey, { first }), gzipBatch(`event ${first}`));
  }
  await server.close();
});
afterEach(() => folder.remove());

const segment = (): string => join(folder.dir, 'journal', '00000001.tfj');

/** Opens the folder, reads all of it and closes it. */
async function look() {
  const server = await startInside({ dir: folder.dir });
  const feed = await readFeed(server.url, project.readToken);
  for (const { seq, sha256: hash } of feed) {
    expect(sha256(await readChunk(server.url, project.readToken, seq))).toBe(hash);
  }
  const { history } = ChangePage.parse(await (await get(server.url, '/v1/changes', project.readToken)).json());
  await server.close();
  return { feed, history, reports: server.reports };
}

const withoutIndex = async (): Promise<void> => {
  for (const name of await readdir(folder.dir)) {
    if (name.startsWith('index.sqlite')) await rm(join(folder.dir, name));
  }
};

test('without its index everything is the same, projects and keys too', async () => {
  const before = await look();
  await withoutIndex();
  const after = await look();
  expect(after.feed).toEqual(before.feed);
  expect(after.history).toBe(before.history);
});

test('an index that is no database is moved aside and made again', async () => {
  const before = await look();
  await withoutIndex();
  await writeFile(join(folder.dir, 'index.sqlite'), 'this is not a database'.repeat(100));
  const after = await look();
  expect(after.feed).toEqual(before.feed);
  expect(after.reports.join()).toContain('index was damaged');
  expect(await readdir(folder.dir)).toContain('damaged-index.sqlite');
});

test.each([1, 20, 33, 200])('%i bytes of a write that was never finished are cut off', async (bytes) => {
  const before = await look();
  const journal = await readFile(segment());
  await appendFile(segment(), journal.subarray(16, 16 + bytes));
  const after = await look();
  expect(after.feed).toEqual(before.feed);
  expect(after.reports.join()).toContain('unfinished write');
  expect((await stat(segment())).size).toBe(journal.length);
});

test('a damaged record in the middle costs itself only', async () => {
  const { feed } = await look();
  const bytes = await readFile(segment());
  const lost = feed[4];
  const at = bytes.indexOf(Buffer.from(lost?.sha256 ?? '', 'hex')); // in the record's head
  bytes.writeUInt8(bytes.readUInt8(at) ^ 0x10, at);
  await writeFile(segment(), bytes);
  await withoutIndex();
  const after = await look();
  expect(after.feed).toEqual(feed.filter((change) => change !== lost));
  expect(after.reports.join()).toContain('cannot be read');
});

test('an older journal put back gets a new history, so that no workstation trusts its cursor', async () => {
  const older = join(folder.dir, 'older');
  const before = await look();
  await cp(join(folder.dir, 'journal'), older, { recursive: true });
  const server = await startInside({ dir: folder.dir });
  await post(server.url, headOf(project.writeKey, { first: 20 }), gzipBatch('later'));
  await server.close();
  await rm(join(folder.dir, 'journal'), { recursive: true });
  await cp(older, join(folder.dir, 'journal'), { recursive: true });
  const after = await look();
  expect(after.feed).toEqual(before.feed);
  expect(after.history).not.toBe(before.history);
});

test('the torn end of the accounts is cut off; damage to them is named', async () => {
  const accounts = join(folder.dir, 'accounts.tfj');
  const whole = await readFile(accounts);
  await appendFile(accounts, whole.subarray(16, 60));
  await look();
  expect((await readFile(accounts)).equals(whole)).toBe(true);
  whole.writeUInt8(whole.readUInt8(70) ^ 1, 70);
  await writeFile(accounts, whole);
  await withoutIndex();
  await expect(look()).rejects.toThrow('accounts.tfj');
});

test('a journal file that was only begun is made again', async () => {
  await truncate(segment(), 16);
  await withoutIndex();
  await writeFile(join(folder.dir, 'journal', '00000002.tfj'), 'TFJ');
  expect((await look()).feed).toEqual([]);
  const server = await startInside({ dir: folder.dir });
  expect((await post(server.url, headOf(project.writeKey), '[1]')).status).toBe(200);
  await server.close();
  expect((await look()).feed).toHaveLength(1);
});
