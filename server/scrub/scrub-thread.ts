import type { MessagePort } from 'node:worker_threads';
import type { ScrubRules } from '../../shared/wire/scrub.ts';
import { scrubBody } from './scrub-body.ts';

/** A batch to be scrubbed. */
export interface ScrubTask {
  readonly id: number;
  readonly body: Uint8Array;
  readonly rules: ScrubRules;
}

/** What became of it. */
export interface ScrubResult {
  readonly id: number;
  readonly scrubbed: ReturnType<typeof scrubBody>;
}

/** The body of the scrubber's thread. */
export function runScrubThread(port: MessagePort): void {
  port.on('message', ({ id, body, rules }: ScrubTask) => {
    port.postMessage({ id, scrubbed: scrubBody(body, rules) } satisfies ScrubResult);
  });
}
