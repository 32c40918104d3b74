import type OpenAIClient from 'openai';
import { z } from 'zod';
import { AppError, messageOf } from '../../../shared/lib/app-error.ts';
import { completionsUrl, type Endpoint, hostOf } from './endpoint.ts';
import { plainWords } from './endpoint-refusal.ts';
import { guardedFetch, type ModelPatience } from './guarded-fetch.ts';

/** Longest answer that is read, characters; ten sentences have about 1,500. */
const MAX_ANSWER = 20_000;

/** A piece of a streamed answer, as far as it is read here. Endpoints differ in everything else. */
const Piece = z.object({
  choices: z
    .array(
      z.object({
        delta: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }).nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .nullish(),
});

/** What is needed to ask. */
export interface AskDeps {
  readonly fetch: typeof fetch;
  readonly patience: ModelPatience;
}

/**
 * Sends exactly `body` and gives the answer piece by piece. Tries once: whether to ask again is the analyst's to say.
 * @param body a request body as `shared/ai` makes it
 * @throws AppError when there is no answer, or it broke off; `cancelled` when `signal` said so. Pieces that came before are
 *   good as far as they go.
 */
export async function streamAnswer(
  deps: AskDeps,
  endpoint: Endpoint,
  body: string,
  signal: AbortSignal,
  onText: (piece: string) => void,
): Promise<void> {
  const host = hostOf(endpoint.baseUrl);
  let reason: AppError | null = null;
  const approved = { ...endpoint, url: completionsUrl(endpoint.baseUrl), body };
  // Loaded when it is first needed: most sessions at the workbench ask no model.
  const { default: OpenAI } = await import('openai');
  const client = new OpenAI({
    baseURL: endpoint.baseUrl,
    apiKey: endpoint.key ?? 'none', // the package wants one; the guarded fetch sends the real one, or none
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    timeout: deps.patience.totalMs,
    logLevel: 'off',
    fetch: guardedFetch({ ...deps, signal }, approved, (why) => {
      reason ??= why;
    }),
  });
  let length = 0;
  let finish: string | null = null;
  try {
    const stream = await client.chat.completions.create(
      JSON.parse(body) as OpenAIClient.ChatCompletionCreateParamsStreaming,
      { signal },
    );
    for await (const raw of stream) {
      const choice = Piece.parse(raw).choices?.[0];
      if (choice?.delta?.refusal) throw refusedToAnswer(host, plainWords(choice.delta.refusal, endpoint.key));
      const text = choice?.delta?.content ?? '';
      length += text.length;
      if (length > MAX_ANSWER)
        throw new AppError('too-large', `${host} does not stop answering; the rest was not read.`);
      if (text !== '') onText(text);
      finish = choice?.finish_reason ?? finish;
    }
  } catch (error) {
    if (signal.aborted) throw new AppError('cancelled', 'Cancelled.', { cause: error });
    if (reason) throw reason;
    if (error instanceof AppError) throw error;
    if (error instanceof OpenAI.APIError && error.error !== undefined) {
      const words = plainWords(error.message, endpoint.key);
      throw new AppError('offline', `${host} broke off with an error: ${words}`, { cause: error });
    }
    throw brokenAnswer(host, error, endpoint.key);
  }
  if (signal.aborted) throw new AppError('cancelled', 'Cancelled.'); // an aborted stream ends like a complete one
  if (reason) throw reason;
  if (finish === 'length') throw new AppError('too-large', 'The model reached its length limit before it was done.');
  if (finish === 'content_filter') throw refusedToAnswer(host, 'its content filter stopped the answer');
  if (finish === null) throw new AppError('offline', `${host} broke off before the answer was complete. Ask again.`);
  if (length === 0) throw new AppError('unsupported', `${host} answered without any text.`);
}

const refusedToAnswer = (host: string, why: string): AppError =>
  new AppError('unsupported', `The model at ${host} refused to answer: ${why}`);

function brokenAnswer(host: string, error: unknown, key: string | null): AppError {
  const unreadable = error instanceof SyntaxError || error instanceof z.ZodError;
  const words = unreadable
    ? `${host} sent an answer that cannot be read. Is it OpenAI-compatible?`
    : `${host} broke off before the answer was complete (${plainWords(messageOf(error), key)}). Ask again.`;
  return new AppError(unreadable ? 'unsupported' : 'offline', words, { cause: error });
}
