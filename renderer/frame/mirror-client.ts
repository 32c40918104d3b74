import { AppError } from '../../shared/lib/app-error.ts';
import type { Found, MirrorAnswer, MirrorQuestion, Step } from './mirror-messages.ts';

/** The asking side of the mirror. Each call rejects with an AppError when the mirror could not do it. */
export interface Mirror {
  open(startAt: number): Promise<void>;
  add(chunk: { generation: string; firstSeq: number }, bytes: Uint8Array): Promise<Found>;
  /** @param jump the time is not the next in play. @returns null while there is no page. */
  step(atMs: number, jump: boolean): Promise<Step | null>;
}

/** Answers come in the order of the questions, whoever gives them. */
export function createMirror(ask: (question: MirrorQuestion) => Promise<MirrorAnswer>): Mirror {
  const asked = async (question: MirrorQuestion): Promise<Exclude<MirrorAnswer, { kind: 'failed' }>> => {
    const answer = await ask(question);
    if (answer.kind === 'failed') throw new AppError('damaged', answer.reason);
    return answer;
  };
  return {
    async open(startAt) {
      await asked({ kind: 'open', startAt });
    },
    async add({ generation, firstSeq }, bytes) {
      const answer = await asked({ kind: 'chunk', generation, firstSeq, bytes });
      if (answer.kind !== 'found') throw new AppError('internal', 'The mirror gave the wrong answer.');
      return answer.found;
    },
    async step(atMs, jump) {
      const answer = await asked({ kind: 'step', atMs, jump });
      return answer.kind === 'step' ? answer.step : null;
    },
  };
}

/** Asks a worker; a worker that dies answers everything with its last words. */
export function askWorker(worker: Worker): (question: MirrorQuestion) => Promise<MirrorAnswer> {
  const waiting: ((answer: MirrorAnswer) => void)[] = [];
  let dead: MirrorAnswer | null = null;
  worker.addEventListener('message', ({ data }: MessageEvent<MirrorAnswer>) => waiting.shift()?.(data));
  worker.addEventListener('error', (event) => {
    dead = { kind: 'failed', reason: `The replay's mirror stopped: ${event.message || 'it could not be started'}.` };
    for (const settle of waiting.splice(0)) settle(dead);
  });
  return (question) =>
    new Promise((settle) => {
      if (dead) return settle(dead);
      waiting.push(settle);
      worker.postMessage(question, question.kind === 'chunk' ? [question.bytes.buffer] : []);
    });
}
