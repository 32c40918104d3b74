import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, type Engine } from '../../main/engine/engine.ts';
import { startThreads } from '../../main/engine/threads/start-threads.ts';
import type { Job } from '../../shared/ipc/job.ts';
import { unwrap } from '../../shared/lib/result.ts';
import type { Diagnosis } from '../../shared/model/finding.ts';
import { oneHour } from './diagnose/one-hour.ts';

interface Figure {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly peer?: string;
  readonly runs: number;
}

const EVENTS = 100_000;
const { signal } = new AbortController();

const noSecrets = { get: async () => null, set: async () => undefined, delete: async () => undefined };
const outside = { fetch, clock: Date.now, log: () => undefined, secrets: noSecrets, demoDir: null, sdkFile: null };
const workerUrl = (name: string): URL => new URL(`../../main/engine/workers/${name}.ts`, import.meta.url);

/** Imports the session once. @returns its key. */
async function prepare(profileDir: string): Promise<string> {
  const engine: Engine = await createEngine({ profileDir, ...outside });
  const file = join(profileDir, 'hour.json');
  writeFileSync(file, JSON.stringify(oneHour(EVENTS)));
  const started = unwrap(await engine.privileged('import.files', { paths: [file] }, signal)) as { jobId: string };
  const job = unwrap(await engine.privileged('jobs.wait', started, signal)) as Job;
  const [key] = job.sessions;
  if (!key) throw new Error(job.message ?? 'the session was not imported');
  const diagnosis = unwrap(await engine.call('recording.diagnosis', { key }, signal)) as Diagnosis;
  if (diagnosis.outcome !== 'fault-found') throw new Error(`no finding: ${diagnosis.summary}`);
  await engine.close();
  return key;
}

/** From the stored recording to its first finding: read, inflate, parse, facts, diagnosis; nothing kept from before. */
async function* run({ quick }: { readonly quick: boolean }): AsyncGenerator<Figure> {
  const runs = quick ? 5 : 20;
  const profileDir = mkdtempSync(join(tmpdir(), 'traceflow-bench-'));
  try {
    const key = (await prepare(profileDir)) as never;
    const threads = await startThreads({ profileDir, now: 0, sdkFile: null, workerUrl });
    const layout = await threads.store.layout({ key });
    const times: number[] = [];
    for (let at = 0; at < runs; at++) {
      const startedAt = performance.now();
      const { diagnosis } = await threads.analyst.derive({ key, layout });
      times.push(performance.now() - startedAt);
      if (diagnosis.findings.length === 0) throw new Error('the finding is gone');
    }
    await threads.stop();
    const sorted = times.toSorted((a, b) => a - b);
    const p95 = sorted[Math.min(sorted.length - 1, Math.ceil(0.95 * sorted.length) - 1)] ?? Number.NaN;
    yield { metric: 'first_finding_p95_ms', value: p95, unit: 'ms', runs };
  } finally {
    rmSync(profileDir, { recursive: true, force: true });
  }
}

export default { name: 'diagnose', run };
