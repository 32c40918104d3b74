import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ScrubRules } from '../../shared/wire/scrub.ts';
import { HttpProblem } from '../http/http-problem.ts';
import type { ServerLog } from '../log.ts';
import type { Accounts, Body } from '../storage/storage.ts';
import { scrubBody } from './scrub-body.ts';
import type { ScrubResult, ScrubTask } from './scrub-thread.ts';

/** A body without what the project's rules name; the same object for a project without any. @throws HttpProblem 400, 413 or 503. */
export type Scrub = (project: string, body: Body) => Promise<Body>;

/** Takes out of batches what the rules of their project name. */
export interface Scrubber {
  readonly scrub: Scrub;
  hasRules(project: string): Promise<boolean>;
  stop(): Promise<void>;
}

/** Heap of the thread: a batch of 16 MB as text, as objects, and as text again. */
const HEAP_MB = 512;
const REMEMBERED = 1000;

/**
 * Scrubs batches in a thread of its own, since reading them takes a hundred times as long as keeping them.
 * @param deps.program the module that runs `runScrubThread` when it is not the main thread; without one this thread does it.
 */
export function createScrubber(deps: {
  readonly accounts: Pick<Accounts, 'scrubRules' | 'revision'>;
  readonly program: URL | undefined;
  readonly log: ServerLog;
}): Scrubber {
  const { accounts, program, log } = deps;
  const known = new Map<string, ScrubRules | null>();
  const waiting = new Map<number, { resolve(result: ScrubResult['scrubbed']): void; reject(reason: unknown): void }>();
  let revision = '';
  let worker: Worker | undefined;
  let tasks = 0;

  async function rulesOf(project: string): Promise<ScrubRules | null> {
    const now = await accounts.revision();
    if (now !== revision || known.size > REMEMBERED) known.clear();
    revision = now;
    const rules = known.get(project);
    if (rules !== undefined) return rules;
    const read = await accounts.scrubRules(project);
    known.set(project, read);
    return read;
  }

  function start(from: URL): Worker {
    const started = new Worker(from, {
      workerData: { kind: 'scrubber' },
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
      argv: [],
    });
    started.on('message', ({ id, scrubbed }: ScrubResult) => {
      waiting.get(id)?.resolve(scrubbed);
      waiting.delete(id);
    });
    started.on('error', (error) => log.error({ err: error }, 'The scrubber died; the next batch starts it again.'));
    started.on('exit', () => {
      worker = undefined;
      for (const { reject } of waiting.values()) reject(unavailable());
      waiting.clear();
    });
    return started;
  }

  function run(body: Uint8Array, rules: ScrubRules): Promise<ScrubResult['scrubbed']> {
    if (!program) return Promise.resolve(scrubBody(body, rules));
    worker ??= start(program);
    tasks += 1;
    const task: ScrubTask = { id: tasks, body, rules };
    return new Promise((resolve, reject) => {
      waiting.set(task.id, { resolve, reject });
      worker?.postMessage(task);
    });
  }

  return {
    hasRules: async (project) => (await rulesOf(project)) !== null,
    async scrub(project, body) {
      const rules = await rulesOf(project);
      if (!rules) return body;
      const scrubbed = await run(Buffer.concat(body.parts), rules);
      if (scrubbed === 'too-large') throw new HttpProblem(413, 'too-large', `${SCRUBS} This one inflates to too much.`);
      if (scrubbed === 'unreadable') throw new HttpProblem(400, 'bad-request', `${SCRUBS} This one is no JSON array.`);
      const bytes = Buffer.from(scrubbed.buffer, scrubbed.byteOffset, scrubbed.byteLength);
      return { parts: [bytes], bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest() };
    },
    async stop() {
      if (!worker) return;
      const exited = once(worker, 'exit');
      await worker.terminate();
      await exited.catch(() => undefined); // it may have died by itself meanwhile
    },
  };
}

const SCRUBS = 'Batches of this project are read before they are kept.';

const unavailable = (): HttpProblem =>
  new HttpProblem(503, 'busy', 'The batch could not be read. Send it again later.', { 'retry-after': '2' });
