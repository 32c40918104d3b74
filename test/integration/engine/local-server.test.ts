import { createServer } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { PATHS } from '../../../shared/wire/change.ts';
import { memorySecrets, startEngine, type TestEngine } from './support/engine.ts';
import { temporaryFolder } from './support/profile.ts';
import { fileWith, recording } from './support/recordings.ts';

async function sendBatch(
  url: string,
  writeKey: string,
  session: string,
  events: { timestamp: number }[],
  first = 0,
): Promise<number> {
  const times = events.map((event) => event.timestamp);
  const head = new URLSearchParams({
    v: '1',
    key: writeKey,
    session,
    window: 'w1',
    generation: `g-${session}`,
    first: String(first),
    count: String(events.length),
    from: String(Math.min(...times)),
    to: String(Math.max(...times)),
    sent: String(Date.now()),
  });
  const response = await fetch(`${url}${PATHS.batches}?${head}`, {
    method: 'POST',
    body: gzipSync(JSON.stringify(events)),
  });
  return response.status;
}

async function syncAll(test: TestEngine): Promise<void> {
  for (const { id } of await test.call('servers.list')) {
    expect(await test.wait(await test.call('sync.start', { id }))).toMatchObject({ state: 'done' });
  }
}

describe('the local server', () => {
  it('takes what a page sends, gives it to the library, and stands again at the same address', async () => {
    const profileDir = temporaryFolder();
    const secrets = memorySecrets();
    const sdkFile = fileWith(temporaryFolder(), 'sdk.js', 'export const init = () => 0;');
    const test = await startEngine({ profileDir, secrets, sdkFile });
    expect(await test.call('localServer.status')).toMatchObject({ running: false, url: null });
    const info = await test.call('localServer.start');
    expect(info).toMatchObject({ running: true, snippet: expect.stringContaining(String(info.writeKey)) });
    expect(await test.call('localServer.start')).toEqual(info);
    expect(await sendBatch(info.url ?? '', info.writeKey ?? '', 'visit', recording(3))).toBeLessThan(300);
    await syncAll(test);
    expect((await test.rows()).map((row) => [row.sessionId, row.events, row.entryUrl])).toEqual([
      ['visit', 5, expect.stringContaining('shop.example/cart')],
    ]);
    expect(await test.call('localServer.stop')).toMatchObject({ running: false });
    await expect(fetch(info.url ?? '')).rejects.toThrow();
    await test.close();

    const again = await startEngine({ profileDir, secrets, sdkFile });
    expect(await again.call('localServer.start')).toEqual(info);
    expect(
      await sendBatch(
        info.url ?? '',
        info.writeKey ?? '',
        'visit',
        recording(0).map((event) => ({ ...event, timestamp: event.timestamp + 5000 })),
        5,
      ),
    ).toBeLessThan(300);
    await syncAll(again);
    expect((await again.rows()).map((row) => row.events)).toEqual([7]);
    expect(await again.call('servers.list')).toHaveLength(1);
  });

  it('takes another port when its own is taken, and syncs from there', async () => {
    const profileDir = temporaryFolder();
    const test = await startEngine({ profileDir });
    const first = await test.call('localServer.start');
    await test.call('localServer.stop');
    const squatter = createServer();
    await new Promise<void>((done) => squatter.listen(Number(new URL(first.url ?? '').port), '127.0.0.1', done));
    const second = await test.call('localServer.start');
    expect(second.url).not.toBe(first.url);
    expect(second.writeKey).toBe(first.writeKey);
    await syncAll(test);
    await new Promise((done) => squatter.close(done));
  });
});

describe('the demo workspace', () => {
  it('opens every evidence file of its folder, once', async () => {
    const maker = await startEngine();
    const folder = temporaryFolder();
    const { sessions } = await maker.importFiles(fileWith(folder, 'a.json', JSON.stringify(recording(2, 'demo'))));
    await maker.exportTo(join(folder, 'a.traceflow'), ...sessions);
    const test = await startEngine({ demoDir: folder });
    for (const message of ['1 session imported.', '1 already present.']) {
      expect(await test.wait(await test.call('demo.open'))).toMatchObject({ state: 'done', kind: 'demo', message });
    }
    expect((await test.rows()).map((row) => row.source)).toEqual(['demo']);
  });

  it('that is not there is said', async () => {
    const test = await startEngine();
    expect(await test.wait(await test.call('demo.open'))).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('without the demo'),
    });
  });
});
