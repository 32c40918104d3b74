import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bench, Figure } from '../../tools/bench/bench-module.ts';
import { measureDelays } from './ingest/queryable.ts';
import type { SinkKind } from './ingest/sink.ts';

const CONNECTIONS = 8;
const WARM_UP_MS = 1000;
const KINDS: readonly SinkKind[] = ['ours', 'durable', 'parsing'];

const start = (file: string, args: readonly string[]): ChildProcess =>
  fork(fileURLToPath(new URL(`./ingest/${file}`, import.meta.url)), args, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });

/** The next message of a process. @throws when it ends instead. */
async function messageOf<T>(child: ChildProcess): Promise<T> {
  const over = new AbortController();
  const { signal } = over;
  const ended = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`A process of the bench ended with ${code}.`);
  });
  try {
    const [message] = await Promise.race([once(child, 'message', { signal }), ended]);
    return message as T;
  } finally {
    ended.catch(() => {}); // called off, or thrown above
    over.abort();
  }
}

/** A sink in a process of its own, and the one that sends to it. */
interface Rig {
  /** Sends for a while. @returns acknowledged batches per second. */
  burst(ms: number): Promise<number>;
  stop(): Promise<void>;
}

async function createRig(kind: SinkKind): Promise<Rig> {
  const dir = await mkdtemp(join(tmpdir(), 'traceflow-bench-'));
  const sink = start('sink.ts', [kind, dir]);
  const { port, key } = await messageOf<{ port: number; key: string }>(sink);
  const load = start('load.ts', [String(port), key, String(CONNECTIONS)]);
  await messageOf(load);
  return {
    burst: (ms) => {
      load.send(ms);
      return messageOf<number>(load);
    },
    stop: async () => {
      load.disconnect();
      sink.kill('SIGKILL');
      await once(sink, 'exit');
      await rm(dir, { recursive: true, force: true });
    },
  };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const p95 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN;

/** Acknowledged-durable batches against a sink that only appends and syncs, and one that looks into each batch. */
async function* run({ quick }: { readonly quick: boolean }): AsyncGenerator<Figure> {
  const runs = quick ? 9 : 21;
  const burstMs = quick ? 300 : 600;
  const rates: Record<SinkKind, number[]> = { ours: [], durable: [], parsing: [] };
  const rigs: Record<SinkKind, Rig> = {
    ours: await createRig('ours'),
    durable: await createRig('durable'),
    parsing: await createRig('parsing'),
  };
  for (const kind of KINDS) await rigs[kind].burst(WARM_UP_MS);
  // Short bursts in turns, and in turned order: whatever else the machine does meets all of them.
  for (let at = 0; at < runs; at += 1) {
    for (const kind of at % 2 ? KINDS.toReversed() : KINDS) rates[kind].push(await rigs[kind].burst(burstMs));
  }
  for (const kind of KINDS) await rigs[kind].stop();
  const against = (kind: SinkKind): number =>
    median(rates.ours.map((rate, at) => rate / (rates[kind][at] ?? Number.NaN)));
  const perSecond = (kind: SinkKind): string => `${Math.round(median(rates[kind]))} batches/s`;
  const peer = (kind: SinkKind, what: string): string => `${what} (${perSecond(kind)}, ours ${perSecond('ours')})`;
  yield {
    metric: 'durable_sink',
    value: against('durable'),
    unit: 'x',
    peer: peer('durable', 'node:http + append + group fdatasync'),
    runs,
  };
  yield {
    metric: 'parsing_sink',
    value: against('parsing'),
    unit: 'x',
    peer: peer('parsing', 'node:http + gunzip + JSON.parse'),
    runs,
  };
  const sessions = quick ? 20 : 100;
  const { followed, derived } = await measureDelays(sessions);
  yield { metric: 'queryable_p95_s', value: p95(derived) / 1000, unit: 's', runs: sessions };
  yield { metric: 'followed_p95_s', value: p95(followed) / 1000, unit: 's', runs: sessions };
}

export default {
  name: 'ingest',
  metrics: ['durable_sink', 'parsing_sink', 'queryable_p95_s', 'followed_p95_s'],
  run,
} satisfies Bench;
