import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { addKey, initProject } from '../../server/admin/index.ts';
import type { Bench, Figure } from '../../tools/bench/bench-module.ts';
import { sampleBatch } from './ingest/sample-batch.ts';

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
const ATTACK = fileURLToPath(new URL('./abuse/attack.ts', import.meta.url));
/** The honest sender has an address of its own: an address's rate is part of what protects it. */
const HONEST_ADDRESS = '127.0.0.2';
const PAUSE_MS = 20;

const agent = new Agent({ keepAlive: true });

/** One honest batch. @returns ms until it was acknowledged. */
function send(
  port: number,
  key: string,
  first: number,
  { body, events }: ReturnType<typeof sampleBatch>,
): Promise<number> {
  const query = `v=1&key=${key}&session=honest&window=w&generation=g&first=${first * events}&count=${events}&from=1&to=2&sent=3`;
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const options = { port, host: '127.0.0.1', localAddress: HONEST_ADDRESS, agent, method: 'POST' };
    const sent = request({ ...options, path: `/v1/batches?${query}` }, (response) => {
      response.resume().on('end', () => {
        if (response.statusCode === 200) resolve(performance.now() - startedAt);
        else reject(new Error(`An honest batch was answered ${response.statusCode}.`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const residentMb = ({ pid }: ChildProcess): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

const p99 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? Number.NaN;

/** How an honest sender fares while others do their worst, against the same sender alone. */
async function* run({ quick }: { readonly quick: boolean }): AsyncGenerator<Figure> {
  const runs = quick ? 150 : 600;
  const dir = await mkdtemp(join(tmpdir(), 'traceflow-bench-'));
  const { writeKey, project } = await initProject({ dir, clock: Date.now }, { name: 'bench' });
  const loud = await addKey({ dir, clock: Date.now }, { kind: 'write', project });
  const server = spawn(process.execPath, [MAIN, '--dir', dir, '--port', '0'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [printed] = (await once(server.stdout, 'data')) as [Buffer];
  const port = Number(/http:\/\/127\.0\.0\.1:(\d+)/.exec(printed.toString())?.[1]);
  const batch = sampleBatch(64 * 1024);
  let first = 0;
  let peakMb = 0;
  const measure = async (): Promise<number[]> => {
    const times: number[] = [];
    while (times.length < runs) {
      times.push(await send(port, writeKey, first, batch));
      first += 1;
      peakMb = Math.max(peakMb, residentMb(server));
      await wait(PAUSE_MS);
    }
    return times;
  };
  await measure(); // warm
  const alone = await measure();
  const attack = fork(ATTACK, [String(port), loud.secret], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  await once(attack, 'message');
  await wait(3000);
  const attacked = await measure();
  attack.kill('SIGKILL');
  server.kill('SIGKILL');
  await once(server, 'exit');
  await rm(dir, { recursive: true, force: true });
  const peer = `the same sender alone (${p99(alone).toFixed(1)} ms, attacked ${p99(attacked).toFixed(1)} ms)`;
  yield { metric: 'honest_p99', value: p99(attacked) / p99(alone), unit: 'x', peer, runs };
  yield { metric: 'peak_memory_mb', value: peakMb, unit: 'MB', runs };
}

export default { name: 'abuse', metrics: ['honest_p99', 'peak_memory_mb'], run } satisfies Bench;
