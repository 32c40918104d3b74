import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openEngine, startEngine, type TestEngine } from './support/engine.ts';
import { runAndKill } from './support/killed-program.ts';
import { temporaryFolder } from './support/profile.ts';
import { fileWith, recording } from './support/recordings.ts';

const HOUR_MS = 3_600_000;

async function filled(test: TestEngine, ...names: string[]): Promise<never[]> {
  const folder = temporaryFolder();
  const files = names.map((name) => fileWith(folder, `${name}.json`, JSON.stringify(recording(3, name))));
  return (await test.importFiles(...files)).sessions as never[];
}

const files = (test: TestEngine): string[] =>
  readdirSync(join(test.profileDir, 'sessions'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.chunks'),
  );

describe('a deletion that can be undone', () => {
  it('hides at once from lists, counts and searches, and brings everything back', async () => {
    const test = await startEngine({ undoMs: HOUR_MS });
    const [one, two] = (await filled(test, 'one', 'two')) as [never, never];
    await test.call('tags.add', { keys: [one], name: 'vip' });
    expect(await test.call('sessions.hide', { keys: [one, one] })).toEqual({ changed: [one], undoMs: HOUR_MS });
    expect((await test.rows()).map(({ key }) => key)).toEqual([two]);
    const query = { filter: { source: ['file'] } };
    expect((await test.call('sessions.list', query)).rows.map(({ key }) => key)).toEqual([two]);
    expect((await test.call('sessions.facets', {})).facets.source).toEqual([{ value: 'file', sessions: 1 }]);
    expect(await test.call('sessions.restore', { keys: [one, two] })).toEqual({ changed: [one] });
    expect((await test.call('sessions.list', { filter: { tag: ['vip'] } })).rows.map(({ key }) => key)).toEqual([one]);
    expect((await test.rows()).length).toBe(2);
  });

  it('is done when its time is over', async () => {
    const test = await startEngine({ undoMs: 1 });
    const keys = await filled(test, 'one', 'two');
    await test.call('sessions.hide', { keys: keys.slice(0, 1) });
    while (files(test).length > 1) await wait(5);
    expect(await test.call('sessions.restore', { keys })).toEqual({ changed: [] });
    expect((await test.rows()).map(({ key }) => key)).toEqual(keys.slice(1));
  });

  it('is done when the engine closes', async () => {
    const profileDir = temporaryFolder();
    const test = await openEngine({ profileDir, undoMs: HOUR_MS });
    const keys = await filled(test, 'one', 'two');
    await test.call('sessions.hide', { keys: keys.slice(0, 1) });
    await test.close();
    const again = await startEngine({ profileDir });
    expect((await again.rows()).map(({ key }) => key)).toEqual(keys.slice(1));
    expect(files(again)).toHaveLength(1);
  });

  it('is taken back by importing the recording again', async () => {
    const test = await startEngine({ undoMs: HOUR_MS });
    const keys = await filled(test, 'one');
    await test.call('sessions.hide', { keys });
    expect(await filled(test, 'one')).toEqual(keys);
    expect((await test.rows()).length).toBe(1);
  });

  it('falls on the side of keeping when the program is killed before', async () => {
    const profileDir = temporaryFolder();
    const first = await openEngine({ profileDir });
    const keys = await filled(first, 'one', 'two');
    await first.call('tags.add', { keys, name: 'vip' });
    await first.close();
    await runAndKill([profileDir, 'hide', ...keys], async (printed) => {
      while (!printed().includes('hidden')) await wait(5);
    });
    expect(existsSync(join(profileDir, 'library.db'))).toBe(true);
    const again = await startEngine({ profileDir });
    expect((await again.rows()).map(({ tags }) => tags)).toEqual([['vip'], ['vip']]);
    for (const key of keys) expect(await again.call('recording.signals', { key })).toEqual(expect.any(Array));
  });
});

it('diagnosing again is a job that can be cancelled and says what came out', async () => {
  const test = await startEngine();
  const keys = await filled(test, 'one', 'two');
  const done = await test.wait(await test.call('sessions.diagnose', { keys }));
  expect(done).toMatchObject({
    kind: 'diagnose',
    state: 'done',
    message: '2 sessions diagnosed, 0 with a fault.',
    done: 2,
  });
  const started = await test.call('sessions.diagnose', { keys });
  await test.call('jobs.cancel', started);
  expect(await test.wait(started)).toMatchObject({ state: 'cancelled' });
  const gone = await test.wait(await test.call('sessions.diagnose', { keys: ['f'.repeat(32)] as never[] }));
  expect(gone).toMatchObject({ state: 'failed', message: expect.stringContaining('1 could not be diagnosed') });
});

it('counts that nobody waits for any more end early', async () => {
  const test = await startEngine();
  await filled(test, 'one');
  const controller = new AbortController();
  onTestFinished(() => controller.abort());
  controller.abort();
  expect(await test.engine.call('sessions.facets', {}, controller.signal)).toMatchObject({
    ok: false,
    error: { code: 'cancelled' },
  });
});
