import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { sized } from '../../support/size.ts';
import { gzipBatch, headOf, post, readChunk, readFeed, sha256 } from './support/client.ts';
import { initByCommand, type ServerProcess, startServer, temporaryFolder } from './support/server-process.ts';

const SENDERS = 6;

/** Sends one batch after the other until the server is gone; remembers what it was told is kept. */
async function sendUntilGone(
  url: string,
  key: string,
  generation: string,
  acknowledged: Map<string, string>,
): Promise<void> {
  for (let first = 0; ; first += 2) {
    const body = gzipBatch(`${generation} ${first} ${'x'.repeat((first * 97) % 5000)}`);
    let response: Response;
    try {
      response = await post(url, headOf(key, { generation, first }), body);
    } catch {
      return; // the point of the test: the connection broke
    }
    expect(response.status).toBe(200);
    acknowledged.set(`${generation}/${first}`, sha256(body));
  }
}

test('whatever was acknowledged is there after kill -9, with equal bytes, also without its index', async () => {
  const { dir, remove } = await temporaryFolder();
  const { writeKey, readToken } = await initByCommand(dir);
  const acknowledged = new Map<string, string>();
  const rounds = sized(3);
  for (let round = 0; round < rounds; round += 1) {
    const server = await startServer(dir);
    const before = acknowledged.size;
    const senders = Array.from({ length: SENDERS }, (_, at) =>
      sendUntilGone(server.url, writeKey, `g${round}-${at}`, acknowledged),
    );
    const enough = before + 20 + ((round * 37) % 60);
    await expect.poll(() => acknowledged.size, { timeout: 60_000, interval: 1 }).toBeGreaterThan(enough);
    await server.stop('SIGKILL');
    await Promise.all(senders);
  }
  const whole = async (server: ServerProcess) => {
    const feed = await readFeed(server.url, readToken);
    const kept = new Map(feed.map((change) => [`${change.generation}/${change.firstSeq}`, change.sha256]));
    for (const [identity, hash] of acknowledged) expect(kept.get(identity), identity).toBe(hash);
    expect(kept.size).toBe(feed.length);
    for (const { seq, sha256: hash, bytes } of feed) {
      const chunk = await readChunk(server.url, readToken, seq);
      expect([chunk.length, sha256(chunk)]).toEqual([bytes, hash]);
    }
    return feed;
  };
  const first = await startServer(dir);
  const feed = await whole(first);
  expect(await first.stop('SIGTERM')).toBe(0);
  for (const suffix of ['', '-wal', '-shm']) await rm(`${dir}/index.sqlite${suffix}`, { force: true });
  const second = await startServer(dir);
  expect(await whole(second)).toEqual(feed);
  const [change] = feed;
  if (!change) throw new Error('The feed is empty.');
  const again = await post(
    second.url,
    headOf(writeKey, { generation: change.generation, first: change.firstSeq }),
    new Uint8Array(await readChunk(second.url, readToken, change.seq)),
  );
  expect(await again.json()).toMatchObject({ duplicate: true });
  await second.stop('SIGTERM');
  await remove();
});

test('SIGTERM finishes what was accepted and ends with 0', async () => {
  const { dir, remove } = await temporaryFolder();
  const { writeKey, readToken } = await initByCommand(dir);
  const server = await startServer(dir);
  const acknowledged = new Map<string, string>();
  const senders = [0, 1, 2, 3].map((at) => sendUntilGone(server.url, writeKey, `g${at}`, acknowledged));
  await expect.poll(() => acknowledged.size, { timeout: 60_000 }).toBeGreaterThan(10);
  expect(await server.stop('SIGTERM')).toBe(0);
  await Promise.all(senders);
  const again = await startServer(dir);
  const feed = await readFeed(again.url, readToken);
  expect(feed.map((change) => `${change.generation}/${change.firstSeq}`).sort()).toEqual(
    [...acknowledged.keys()].sort(),
  );
  await again.stop('SIGINT');
  await remove();
});
