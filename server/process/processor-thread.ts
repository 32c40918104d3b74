import { setTimeout as wait } from 'node:timers/promises';
import type { MessagePort } from 'node:worker_threads';
import { messageOf } from '../../shared/lib/app-error.ts';
import { openChunkReader } from '../storage/embedded/chunk-reader.ts';
import { openDerived } from './derived-store.ts';
import { createProcessor, IMPATIENT, PATIENCE, type Processor } from './processor.ts';

/** What the thread is started with. */
export interface ProcessorOptions {
  readonly dir: string;
  readonly nativeBinding?: string | undefined;
}

/** What the thread is told: not to wait for pauses for once, or to end. */
export type ProcessorOrder = 'hurry' | 'stop';

/** What the thread says after each step: what kept it from going on (a full disk), or null. */
export interface ProcessorBeat {
  readonly problem: string | null;
}

/** How long it waits when the disk is full or the journal cannot be read. */
const PROBLEM_MS = 5000;
/** How often an idle processor looks for new chunks. */
const LOOK_MS = 250;

/** The body of the processor's thread; sends a beat after each step, so that one that hangs is noticed. Ends with `stop`. */
export async function runProcessorThread(port: MessagePort, { dir, nativeBinding }: ProcessorOptions): Promise<void> {
  const reader = openChunkReader(dir, nativeBinding);
  const store = openDerived(dir, nativeBinding);
  let isStopped = false;
  let isHurried = false;
  let wake = new AbortController();
  port.on('message', (order: ProcessorOrder) => {
    if (order === 'stop') isStopped = true;
    else isHurried = true;
    wake.abort();
  });
  let processor: Processor | undefined;

  /** @returns how long to wait before the next one. */
  function step(isUrgent: boolean): number {
    try {
      // Made here, since it writes: a full disk is waited for from the beginning.
      processor ??= createProcessor({ reader, store, clock: Date.now });
      const isBusy = processor.step(isUrgent ? IMPATIENT : PATIENCE);
      port.postMessage({ problem: null } satisfies ProcessorBeat);
      return isBusy ? 0 : LOOK_MS;
    } catch (error) {
      port.postMessage({ problem: messageOf(error) } satisfies ProcessorBeat);
      return PROBLEM_MS;
    }
  }

  while (!isStopped) {
    const pauseMs = step(isHurried);
    if (pauseMs > 0) isHurried = false;
    wake = new AbortController();
    // Also lets orders in between two steps.
    await wait(pauseMs, undefined, { signal: wake.signal }).catch(() => undefined); // woken by an order
  }
  reader.close();
  store.close();
  port.close();
}
