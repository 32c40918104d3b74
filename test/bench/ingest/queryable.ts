import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { initProject } from '../../../server/admin/index.ts';
import { sampleBatch } from './sample-batch.ts';

const MAIN = fileURLToPath(new URL('../../../server/main.ts', import.meta.url));
const LOOK_MS = 10;
/** Sessions under way at a time, each of which sends one batch. */
const PARALLEL = 5;

/** Delays in ms from the acknowledgement of a batch. */
export interface Delays {
  /** Until whoever follows the change feed has it. */
  readonly followed: readonly number[];
  /** Until its session is there with its facts. */
  readonly derived: readonly number[];
}

/** Sends to the real program and watches as a workstation would. */
export async function measureDelays(sessions: number): Promise<Delays> {
  const dir = await mkdtemp(join(tmpdir(), 'traceflow-bench-'));
  const { writeKey, readToken } = await initProject({ dir, clock: Date.now }, { name: 'bench' });
  const child = spawn(process.execPath, [MAIN, '--dir', dir, '--port', '0'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [printed] = (await once(child.stdout, 'data')) as [Buffer];
  const url = /http:\/\/\S+/.exec(printed.toString())?.[0] ?? '';
  const headers = { authorization: `Bearer ${readToken}` };
  const seenAt = new Map<string, number>();
  let isOver = false;

  async function follow(): Promise<void> {
    for (let after = 0; !isOver; ) {
      const response = await fetch(`${url}/v1/changes?after=${after}&wait=1`, { headers });
      const page = (await response.json()) as { changes: { session: string }[]; next: number };
      for (const { session } of page.changes) seenAt.set(session, performance.now());
      after = page.next;
    }
  }

  const { body, events } = sampleBatch(64 * 1024);
  const followed: number[] = [];
  const derived: number[] = [];
  async function send(session: string): Promise<void> {
    const query = `v=1&key=${writeKey}&session=${session}&window=w&generation=g&first=0&count=${events}&from=1&to=2&sent=3`;
    const response = await fetch(`${url}/v1/batches?${query}`, { method: 'POST', body: new Uint8Array(body) });
    if (response.status !== 200) throw new Error(`A batch was answered ${response.status}.`);
    const acknowledgedAt = performance.now();
    while ((await fetch(`${url}/v1/sessions/${session}`, { headers })).status !== 200) await wait(LOOK_MS);
    derived.push(performance.now() - acknowledgedAt);
    while (!seenAt.has(session)) await wait(LOOK_MS);
    // The feed may be read before the acknowledgement has reached the sender.
    followed.push(Math.max(0, (seenAt.get(session) ?? 0) - acknowledgedAt));
  }
  const follower = follow();
  for (let at = 0; at < sessions; at += PARALLEL)
    await Promise.all(Array.from({ length: PARALLEL }, (_, place) => send(`s${at + place}`)));
  isOver = true;
  await follower;
  child.kill('SIGTERM');
  await once(child, 'exit');
  await rm(dir, { recursive: true, force: true });
  return { followed, derived };
}
