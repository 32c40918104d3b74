import { existsSync, statSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startEngine, type TestEngine } from './support/engine.ts';
import { startFeedServer } from './support/feed-server.ts';
import { runAndKill } from './support/killed-program.ts';
import { temporaryFolder } from './support/profile.ts';
import { fileWith, recording } from './support/recordings.ts';

/** More for a long run: `TRACEFLOW_KILLS=200`. */
const KILLS = Number(process.env.TRACEFLOW_KILLS ?? 2);
const moments = Array.from({ length: KILLS }, (_, index) => (index + 0.5) / KILLS);

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await wait(1);
}

/** Every chunk of every row is there and undamaged. */
async function checkAll(test: TestEngine): Promise<number> {
  const { rows } = await test.call('sessions.list', { limit: 1000 });
  for (const { key } of rows) {
    for (const { index, bytes } of await test.call('recording.chunks', { key })) {
      expect((await test.call('recording.chunk', { key, index })).length).toBe(bytes);
    }
  }
  return rows.length;
}

describe('killed in the middle of a sync', () => {
  it.each(moments)(
    'at %f of it, nothing applied is lost and at most the chunk under way is fetched again',
    async (moment) => {
      const feed = await startFeedServer();
      onTestFinished(feed.close);
      for (let seq = 0; seq < 400; seq++) feed.add(`s${seq % 5}`, Math.floor(seq / 5), 1);
      const profileDir = temporaryFolder();
      await runAndKill([profileDir, 'sync', feed.url, feed.token], () => until(() => feed.asked.size >= 400 * moment));
      const test = await startEngine({ profileDir });
      const before = await checkAll(test);
      const { id } = await test.call('servers.add', { url: feed.url, token: feed.token });
      expect(await test.wait(await test.call('sync.start', { id }))).toMatchObject({ state: 'done' });
      expect(before).toBeLessThanOrEqual(5);
      expect(await checkAll(test)).toBe(5);
      expect((await test.rows()).map((row) => row.events)).toEqual([80, 80, 80, 80, 80]);
      // One was on its way when the program died, one may have arrived without being written yet.
      expect([...feed.asked.values()].filter((times) => times > 1).length).toBeLessThanOrEqual(2);
    },
  );
});

describe('killed in the middle of an import', () => {
  it.each(moments)('at %f of it, each session is whole or not there', async (moment) => {
    const folder = temporaryFolder();
    const profileDir = temporaryFolder();
    const files = Array.from({ length: 10 }, (_, index) =>
      fileWith(folder, `${index}.json`, JSON.stringify(recording(900, `${index}`.repeat(300)))),
    );
    await runAndKill([profileDir, 'import', ...files], (printed) =>
      until(() => printed().split('store.changed').length - 1 >= 12 * moment || /done|failed/.test(printed())),
    );
    const test = await startEngine({ profileDir });
    const kept = await checkAll(test);
    expect((await test.rows()).every((row) => row.events === 902)).toBe(true);
    const job = await test.importFiles(...files);
    expect(job).toMatchObject({ state: 'done' });
    expect(job.sessions).toHaveLength(10);
    expect(await checkAll(test)).toBe(10);
    expect(kept).toBeLessThanOrEqual(10);
    expect(existsSync(profileDir) && statSync(profileDir).isDirectory()).toBe(true);
  });
});
