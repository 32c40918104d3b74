import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Figure } from '../../tools/bench/bench-module.ts';
import { hasDisplay, startVirtualDisplay } from '../../tools/display/virtual-display.ts';
import { CHECKOUT } from '../../tools/setup/checkout.ts';
import { resolveRuntime, runtimeEnv, SOFTWARE_RENDERING } from '../../tools/setup/runtime.ts';
import { fillLibrary } from './start/fill-library.ts';

const SESSIONS = 10_000;
const EMPTY_APP = join(import.meta.dirname, 'start', 'empty-window');

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Starts an app until it prints `usable`, then ends it. @returns ms from spawn. */
async function startOnce(app: string, args: readonly string[], display: string | undefined): Promise<number> {
  const runtime = resolveRuntime();
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const startedAt = performance.now();
  const child = spawn(runtime.executable, [...SOFTWARE_RENDERING, ...asRoot, app, ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, ...runtimeEnv(runtime), ...(display ? { DISPLAY: display } : {}) },
  });
  const exit = once(child, 'exit');
  let usableMs = Number.NaN;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line !== 'usable') continue;
    usableMs = performance.now() - startedAt;
    child.kill('SIGTERM');
  }
  await exit;
  if (Number.isNaN(usableMs)) throw new Error(`${app} ended before it was usable.`);
  return usableMs;
}

/** From spawn to a usable list of 10,000 sessions, against an empty Electron window that has painted. */
async function* run({ quick }: { readonly quick: boolean }): AsyncGenerator<Figure> {
  const runs = quick ? 3 : 11;
  const dir = mkdtempSync(join(tmpdir(), 'traceflow-bench-'));
  const display = hasDisplay() ? null : await startVirtualDisplay();
  try {
    fillLibrary(join(dir, 'library'), SESSIONS);
    const ours = () => startOnce(CHECKOUT, [`--profile=${join(dir, 'library')}`, '--announce-usable'], display?.name);
    const empty = () => startOnce(EMPTY_APP, [`--user-data-dir=${join(dir, 'empty')}`], display?.name);
    await ours();
    await empty();
    const times: { ours: number; empty: number }[] = [];
    for (let at = 0; at < runs; at += 1) {
      const first = at % 2 === 0 ? await ours() : await empty();
      const second = at % 2 === 0 ? await empty() : await ours();
      times.push(at % 2 === 0 ? { ours: first, empty: second } : { ours: second, empty: first });
    }
    const peer = `empty window, Electron ${resolveRuntime().version}`;
    yield { metric: 'usable', value: median(times.map((time) => time.ours / time.empty)), unit: 'x', peer, runs };
    yield { metric: 'usable_ms', value: median(times.map((time) => time.ours)), unit: 'ms', runs };
    yield { metric: 'empty_ms', value: median(times.map((time) => time.empty)), unit: 'ms', runs };
  } finally {
    display?.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

export default { name: 'start', run };
