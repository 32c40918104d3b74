import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { syncOnce } from './sync/sync-once.ts';

/** One printed line of a bench. */
interface Figure {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly peer: string;
  readonly runs: number;
}

const CHUNK_BYTES = 64 * 1024;
const SESSIONS = 20;

const start = (file: string, args: readonly (string | number)[]): ChildProcess =>
  fork(fileURLToPath(new URL(`./sync/${file}`, import.meta.url)), args.map(String), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });

/** A feed in a process of its own. */
async function startFeed(chunks: number) {
  const child = start('feed.ts', [chunks, CHUNK_BYTES, SESSIONS]);
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  return {
    url,
    /** Resolves when so many chunks were sent. */
    sent: (count: number): Promise<void> =>
      new Promise((done) => {
        const listener = (message: { sent?: number }): void => {
          if ((message.sent ?? 0) < count) return;
          child.off('message', listener);
          done();
        };
        child.on('message', listener);
      }),
    /** The chunks asked for since the last time. */
    asked: async (): Promise<number[]> => {
      const answer = new Promise<number[]>((done) => {
        const listener = (message: { asked?: number[] }): void => {
          if (!message.asked) return;
          child.off('message', listener);
          done(message.asked);
        };
        child.on('message', listener);
      });
      child.send('asked');
      return answer;
    },
    stop: async (): Promise<void> => {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

async function inFolder<T>(body: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'traceflow-bench-'));
  try {
    return await body(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The peer: one request after another over a kept connection, appended to one file, synced once. */
async function rawDownload(folder: string, url: string, chunks: number): Promise<number> {
  const startedAt = performance.now();
  const file = await open(join(folder, 'raw'), 'w');
  for (let seq = 1; seq <= chunks; seq++) {
    const response = await fetch(`${url}/v1/chunks/${seq}`);
    await file.write(new Uint8Array(await response.arrayBuffer()));
  }
  await file.sync();
  await file.close();
  return performance.now() - startedAt;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

async function cold(quick: boolean): Promise<Figure> {
  const chunks = quick ? 400 : 1600;
  const runs = quick ? 5 : 9;
  const feed = await startFeed(chunks);
  const ratios: number[] = [];
  const rates = { ours: [] as number[], raw: [] as number[] };
  for (let run = -1; run < runs; run++) {
    const measured = { ours: 0, raw: 0 };
    // In turned order, so that whatever else the machine does meets both.
    for (const kind of run % 2 ? (['ours', 'raw'] as const) : (['raw', 'ours'] as const)) {
      measured[kind] = await inFolder((folder) =>
        kind === 'ours' ? syncOnce(folder, feed.url) : rawDownload(folder, feed.url, chunks),
      );
    }
    if (run < 0) continue; // warm-up
    ratios.push(measured.raw / measured.ours);
    for (const kind of ['ours', 'raw'] as const)
      rates[kind].push((chunks * CHUNK_BYTES) / 1e6 / (measured[kind] / 1000));
  }
  await feed.stop();
  const peer = `HTTP download + one fsync (${median(rates.raw).toFixed(0)} MB/s, ours ${median(rates.ours).toFixed(0)} MB/s)`;
  return { metric: 'cold', value: median(ratios), unit: 'x', peer, runs };
}

/** Bytes fetched a second time after a kill, in chunks: the most that any kill cost. */
async function waste(quick: boolean): Promise<Figure> {
  const chunks = 600;
  const kills = quick ? 4 : 12;
  const costs: number[] = [];
  for (let kill = 0; kill < kills; kill++) {
    const feed = await startFeed(chunks);
    await inFolder(async (folder) => {
      const child = start('killable.ts', [folder, feed.url]);
      await feed.sent(50 + Math.floor((kill / kills) * (chunks - 100)));
      child.kill('SIGKILL');
      await once(child, 'exit');
      await syncOnce(folder, feed.url);
      const asked = await feed.asked();
      costs.push(asked.length - new Set(asked).size);
    });
    await feed.stop();
  }
  const text = `kill -9 while ${chunks} chunks of ${CHUNK_BYTES / 1024} KB are synced; median ${median(costs)}`;
  return { metric: 'waste_bytes', value: Math.max(...costs), unit: 'chunk', peer: text, runs: kills };
}

async function* run({ quick }: { readonly quick: boolean }): AsyncGenerator<Figure> {
  yield await cold(quick);
  yield await waste(quick);
}

export default { name: 'sync', run };
