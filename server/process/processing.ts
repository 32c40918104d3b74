import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { ServerLog } from '../log.ts';
import { openChunkReader } from '../storage/embedded/chunk-reader.ts';
import type { DerivedStore, Patience } from './derived-store.ts';
import { createProcessor, IMPATIENT, PATIENCE } from './processor.ts';
import type { ProcessorBeat, ProcessorOptions, ProcessorOrder } from './processor-thread.ts';

/** Keeps what is derived up to the journal. */
export interface Processing {
  /** Resolves when all that was accepted before is derived or a dead letter. */
  settle(): Promise<void>;
  /** Derives some of what has waited its time, where no thread does it anyway. */
  refresh(): Promise<void>;
  stop(): Promise<void>;
}

/** Heap of the thread: an hour of 100,000 events takes some 300 MB, and two such batches meet. */
const HEAP_MB = 768;
/** Silence after which a thread is taken for hung: derivation of the longest sessions takes seconds. */
const SILENCE_MS = 120_000;
const RESTART_MS = 1000;
const LOOK_MS = 25;
/** Sessions derived at one refresh: somebody waits for it. */
const REFRESH_STEPS = 20;

/** What both ways of processing need. `store` is the caller's own connection, used to see how far things are. */
export interface ProcessingDeps extends ProcessorOptions {
  readonly log: ServerLog;
  readonly store: DerivedStore;
  /** Ms since epoch. */
  readonly clock: () => number;
  /** Highest sequence number of any chunk, once the index has followed the journal. */
  head(): Promise<number>;
}

/**
 * Processing in a thread of its own; it is started again when it dies or hangs, and goes on where it was.
 * @param program the module that runs `runProcessorThread` when it is not the main thread.
 */
export function startProcessing(program: URL, deps: ProcessingDeps): Processing {
  const { dir, nativeBinding, log, store } = deps;
  let worker: Worker | undefined;
  let isStopping = false;
  let lastBeatAt = 0;
  let problem: string | null = null;

  function start(): void {
    lastBeatAt = performance.now();
    const options: ProcessorOptions = { dir, nativeBinding };
    const started = new Worker(program, {
      workerData: options,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
      argv: [],
    });
    started.on('message', ({ problem: now }: ProcessorBeat) => {
      lastBeatAt = performance.now();
      if (now !== null && problem === null) log.error({ problem: now }, 'The processor cannot go on; it tries again.');
      problem = now;
    });
    started.on('error', (error) => log.error({ err: error }, 'The processor died; it is started again.'));
    started.on('exit', () => {
      worker = undefined;
      if (!isStopping) setTimeout(() => isStopping || start(), RESTART_MS).unref();
    });
    worker = started;
  }

  const watch = setInterval(() => {
    if (!worker || performance.now() - lastBeatAt < SILENCE_MS) return;
    log.error({}, 'The processor hangs; it is started again.');
    worker.terminate();
  }, SILENCE_MS / 4);
  watch.unref();
  start();

  return {
    async settle() {
      const head = await deps.head();
      while (!isStopping && !isSettled(store, head)) {
        worker?.postMessage('hurry' satisfies ProcessorOrder);
        await wait(LOOK_MS);
      }
    },
    refresh: async () => undefined,
    async stop() {
      isStopping = true;
      clearInterval(watch);
      if (!worker) return;
      const exited = once(worker, 'exit');
      worker.postMessage('stop' satisfies ProcessorOrder);
      await exited;
    },
  };
}

/** Processing when somebody asks for it, in the caller's own thread: for commands, and for a server of one person. */
export function processOnDemand(deps: ProcessingDeps): Processing {
  const { dir, nativeBinding, store, clock } = deps;

  async function derive(patience: Patience, mostSteps: number): Promise<void> {
    await deps.head();
    const reader = openChunkReader(dir, nativeBinding);
    try {
      const processor = createProcessor({ reader, store, clock });
      for (let steps = 0; steps < mostSteps && processor.step(patience); steps += 1) await wait(0);
    } finally {
      reader.close();
    }
  }

  return {
    settle: () => derive(IMPATIENT, Number.POSITIVE_INFINITY),
    refresh: () => derive(PATIENCE, REFRESH_STEPS),
    stop: async () => undefined,
  };
}

const isSettled = (store: DerivedStore, head: number): boolean =>
  store.cursor() >= head && store.db.get('SELECT 1 FROM work WHERE seq <= ? LIMIT 1', head) === undefined;
