import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { read } from '../../../shared/ipc/call.ts';
import { createDispatcher } from '../../../shared/ipc/dispatch.ts';
import { AppError } from '../../../shared/lib/app-error.ts';
import type { Port } from '../../../shared/rpc/port.ts';
import { connect, serve } from '../../../shared/rpc/rpc.ts';

const portOf = (port: MessagePort): Port => ({
  post: (message) => port.postMessage(message),
  onMessage: (listener) => void port.on('message', listener),
  onClose: (listener) => void port.on('close', listener),
  close: () => port.close(),
});

const table = {
  'number.double': read(z.object({ n: z.number() }), z.number()),
  'number.never': read(z.void(), z.number()),
  'number.refuse': read(z.void(), z.number()),
} as const;

function pair() {
  const { port1, port2 } = new MessageChannel();
  const aborted: string[] = [];
  const dispatch = createDispatcher(table, {
    'number.double': ({ n }) => n * 2,
    'number.never': (_input, { signal }) =>
      new Promise((_settle, reject) => {
        signal.addEventListener('abort', () => {
          aborted.push('never');
          reject(new AppError('cancelled', 'Stopped.'));
        });
      }),
    'number.refuse': () => {
      throw new AppError('not-found', 'There is no number.');
    },
  });
  const server = serve(portOf(port1), dispatch);
  return { client: connect(portOf(port2)), server, aborted, port1, port2 };
}

test('a call crosses a real port and comes back, errors keep their code', async () => {
  const { client, port1 } = pair();
  expect(await client.call('number.double', { n: 21 })).toEqual({ ok: true, value: 42 });
  expect(await client.call('number.refuse', undefined)).toMatchObject({ ok: false, error: { code: 'not-found' } });
  expect(await client.call('number.double', { n: 'x' })).toMatchObject({ ok: false, error: { code: 'bad-request' } });
  for (const name of ['nope', '__proto__', 'toString']) {
    expect(await client.call(name, {})).toMatchObject({ ok: false, error: { code: 'bad-request' } });
  }
  port1.close();
});

test('aborting a call aborts the handler on the other side', async () => {
  const { client, aborted, port1 } = pair();
  const stop = new AbortController();
  const answer = client.call('number.never', undefined, stop.signal);
  stop.abort();
  expect(await answer).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(aborted).toEqual(['never']);
  port1.close();
});

test('a closed port settles what is pending and what comes later', async () => {
  const { client, port1 } = pair();
  const pending = client.call('number.never', undefined);
  port1.close();
  expect(await pending).toMatchObject({ ok: false, error: { code: 'internal' } });
  expect(await client.call('number.double', { n: 1 })).toMatchObject({ ok: false });
});

test('events reach listeners, malformed messages are dropped', async () => {
  const { client, server, port1, port2 } = pair();
  const seen: unknown[] = [];
  const heard = new Promise<void>((done) => {
    client.onEvent((name, payload) => {
      seen.push([name, payload]);
      done();
    });
  });
  for (const junk of [null, 1, 'x', {}, { kind: 'reply', id: 99 }, { kind: 'strange' }]) port1.postMessage(junk);
  for (const junk of [null, {}, { kind: 'cancel', id: 7 }, { kind: 'strange' }]) port2.postMessage(junk);
  server.emit('store.changed', { sessions: true });
  await heard;
  expect(seen).toEqual([['store.changed', { sessions: true }]]);
  expect(await client.call('number.double', { n: 2 })).toEqual({ ok: true, value: 4 });
  port1.close();
});
