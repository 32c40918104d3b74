import { createSentenceReader, sentencesOf } from '../../../shared/ai/index.ts';
import type { ModelDraft } from '../../../shared/ipc/model-calls.ts';
import { AppError } from '../../../shared/lib/app-error.ts';
import type { AskOutcome, CheckedSentence, Transcript } from '../../../shared/model/transcript.ts';
import type { Store } from '../store/store-api.ts';
import type { Remote } from '../threads/worker-client.ts';
import type { Endpoint } from './endpoint.ts';
import type { PreparedAsk } from './prepare-ask.ts';
import { type AskDeps, streamAnswer } from './stream-answer.ts';

/** How often a window hears of a growing answer, ms: about what a person can follow. */
const DRAFT_MS = 50;

/**
 * Sends an approved question, checks the answer sentence by sentence as it arrives, and keeps the transcript with the
 * session, however it ended: it says what left the machine.
 */
export async function runAsk(
  deps: AskDeps & {
    readonly store: Remote<Store>;
    readonly clock: () => number;
    readonly factsVersion: number;
    readonly draft: (draft: ModelDraft) => void;
  },
  endpoint: Endpoint,
  { key, preview, check }: PreparedAsk,
  signal: AbortSignal,
): Promise<Transcript> {
  const { id, host, model, body } = preview;
  const at = deps.clock();
  const reader = createSentenceReader();
  const sentences: CheckedSentence[] = [];
  let answer = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (): void => {
    timer = undefined;
    deps.draft({ id, sentences: [...sentences], rest: reader.rest() });
  };
  const onText = (piece: string): void => {
    answer += piece;
    sentences.push(...reader.push(piece).map(check));
    timer ??= setTimeout(tell, DRAFT_MS);
  };

  let outcome: AskOutcome = 'complete';
  let error: string | null = null;
  try {
    await streamAnswer(deps, endpoint, body, signal, onText);
    sentences.push(...sentencesOf(reader.rest()).map(check));
  } catch (failure) {
    if (!(failure instanceof AppError)) throw failure;
    // What is not a whole line was not finished: it is kept in `answer`, but not judged.
    outcome = failure.code === 'cancelled' ? 'cancelled' : answer === '' ? 'failed' : 'cut';
    error = outcome === 'cancelled' ? null : failure.message;
  } finally {
    clearTimeout(timer);
  }
  const { factsVersion } = deps;
  const transcript = {
    id,
    at,
    endedAt: deps.clock(),
    host,
    model,
    body,
    answer,
    sentences,
    outcome,
    error,
    factsVersion,
  };
  await deps.store.addTranscript({ key, transcript });
  return transcript;
}
