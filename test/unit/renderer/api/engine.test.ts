import { describe, expect, it, vi } from 'vitest';
import { createCallCache } from '../../../../renderer/api/call-cache.ts';
import { domPort } from '../../../../renderer/api/dom-port.ts';
import { createEngineClient } from '../../../../renderer/api/engine.ts';
import { createJobFeed } from '../../../../renderer/api/job-feed.ts';
import { isStaleAfter } from '../../../../renderer/api/staleness.ts';
import { createStoreChanges } from '../../../../renderer/api/store-changes.ts';
import type { Job } from '../../../../shared/ipc/job.ts';
import { createFakeEngine, type FakeEngineOptions } from '../../../support/workbench/fake-engine-port.ts';
import { keyOf } from '../../../support/workbench/generated-sessions.ts';

const OPTIONS: FakeEngineOptions = { sessions: 5, servers: [], live: [], jobs: [], failing: {}, model: null };

/** Node's MessagePort has the DOM's methods; only its type is another one. */
function channel() {
  const { port1, port2 } = new MessageChannel();
  return { window: domPort(port1 as never), engine: domPort(port2 as never) };
}

function connected(options: Partial<FakeEngineOptions> = {}) {
  const fake = createFakeEngine({ ...OPTIONS, ...options });
  const client = createEngineClient();
  const attach = () => {
    const ends = channel();
    const server = fake.serve(ends.engine);
    client.attach(ends.window);
    return { ...ends, server };
  };
  return { fake, client, attach };
}

const job = (state: Job['state']): Job => ({
  id: 'j1',
  kind: 'import',
  title: 'Import',
  state,
  done: 1,
  total: 2,
  unit: 'bytes',
  startedAt: 1,
  endedAt: null,
  message: null,
  sessions: [],
});

describe('the engine client', () => {
  it('makes calls wait for a port, and answers with the value or the error of the engine', async () => {
    const { client, attach } = connected();
    const early = client.call('sessions.get', { key: keyOf(2) });
    expect(client.state()).toEqual({ kind: 'starting' });
    attach();
    expect((await early).sessionId).toBe('s-2');
    await expect(client.call('sessions.get', { key: keyOf(99) })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('goes on with the port of a restarted engine', async () => {
    const { client, attach } = connected();
    const states: string[] = [];
    client.onState(({ kind }) => states.push(kind));
    attach().engine.close();
    await vi.waitFor(() => expect(states).toEqual(['ready', 'starting']));
    const waiting = client.call('sessions.get', { key: keyOf(1) });
    attach();
    expect((await waiting).sessionId).toBe('s-1');
  });

  it('rejects everything with the reason once the engine was given up', async () => {
    const { client } = connected();
    const waiting = client.call('servers.list', undefined);
    client.fail('It stopped three times.');
    await expect(waiting).rejects.toThrow('It stopped three times.');
    await expect(client.call('servers.list', undefined)).rejects.toThrow('It stopped three times.');
  });

  it('passes on events that fit, from the current port only', async () => {
    const { client, attach } = connected();
    const seen = vi.fn();
    client.on('job.changed', seen);
    const old = attach();
    const now = attach();
    old.server.emit('job.changed', job('running'));
    now.server.emit('job.changed', { nonsense: true });
    now.server.emit('unheard.of', {});
    now.server.emit('job.changed', job('done'));
    await vi.waitFor(() => expect(seen).toHaveBeenCalledTimes(1));
    expect(seen).toHaveBeenCalledWith(job('done'));
  });
});

describe('the call cache', () => {
  it('asks once for many listeners, and again when the store changed', async () => {
    const { client, fake, attach } = connected();
    attach();
    const cache = createCallCache(client);
    const input = { key: keyOf(1) };
    const listeners = [vi.fn(), vi.fn()];
    for (const listener of listeners) cache.subscribe('sessions.get', input, listener);
    await vi.waitFor(() => expect(cache.read('sessions.get', { key: keyOf(1) }).data?.sessionId).toBe('s-1'));
    const asked = () => fake.calls.filter(({ name }) => name === 'sessions.get').length;
    expect(asked()).toBe(1);
    cache.invalidate((name) => isStaleAfter({ sessions: false, servers: true, marks: false, live: false }, name));
    cache.invalidate((name) => isStaleAfter({ sessions: true, servers: false, marks: false, live: false }, name));
    await vi.waitFor(() => expect(cache.read('sessions.get', input).pending).toBe(false));
    expect(asked()).toBe(2);
  });

  it('keeps the older answer beside an error, and a put answer wins over one under way', async () => {
    const failing: Record<string, string> = {};
    const { client, attach } = connected({ failing });
    attach();
    const cache = createCallCache(client);
    cache.subscribe('servers.list', undefined, () => undefined);
    await vi.waitFor(() => expect(cache.read('servers.list', undefined).data).toEqual([]));
    failing['servers.list'] = 'locked';
    cache.refetch('servers.list', undefined);
    await vi.waitFor(() => expect(cache.read('servers.list', undefined).error).toBe('locked'));
    expect(cache.read('servers.list', undefined).data).toEqual([]);
    cache.refetch('servers.list', undefined);
    cache.put('servers.list', undefined, []);
    expect(cache.read('servers.list', undefined)).toEqual({ data: [], error: null, gone: false, pending: false });
  });
});

describe('store changes', () => {
  it('come at once, then together', () => {
    vi.useFakeTimers();
    const { client } = connected();
    let announce: (change: { sessions: boolean; servers: boolean; marks: boolean; live: boolean }) => void = () =>
      undefined;
    const changes = createStoreChanges({
      ...client,
      on: (_name, listener) => {
        announce = listener as never;
        return () => true;
      },
    });
    const seen = vi.fn();
    changes.on(seen);
    announce({ sessions: true, servers: false, marks: false, live: false });
    expect(seen).toHaveBeenCalledTimes(1);
    for (let turn = 0; turn < 10; turn += 1)
      announce({ sessions: turn === 4, servers: turn === 7, marks: turn === 9, live: turn === 2 });
    expect(seen).toHaveBeenCalledTimes(1);
    vi.runAllTimers();
    expect(seen.mock.calls).toEqual([
      [{ sessions: true, servers: false, marks: false, live: false }],
      [{ sessions: true, servers: true, marks: true, live: true }],
    ]);
    vi.useRealTimers();
  });
});

describe('the job feed', () => {
  it('starts with the engine’s list, follows its events, and tells of each end once', async () => {
    const { client, attach } = connected({ jobs: [job('running')] });
    const feed = createJobFeed(client, () => undefined);
    const ended = vi.fn();
    feed.onEnded(ended);
    const { server } = attach();
    await vi.waitFor(() => expect(feed.all()).toEqual([job('running')]));
    server.emit('job.changed', job('done'));
    server.emit('job.changed', job('done'));
    await vi.waitFor(() => expect(feed.all()).toEqual([job('done')]));
    expect(ended).toHaveBeenCalledTimes(1);
  });
});
