import { setTimeout as wait } from 'node:timers/promises';
import { AppError, messageOf } from '../../shared/lib/app-error.ts';
import { BATCH_VERSION, BatchReceipt, MAX_BATCH_BYTES, Problem } from '../../shared/wire/batch.ts';
import { PATHS } from '../../shared/wire/change.ts';
import type { OutBatch } from './out-batch.ts';

/** What became of the batches. */
export interface SendReport {
  readonly stored: number;
  /** The server had them; most were not even sent. */
  readonly known: number;
  /** Not taken, and why. */
  readonly refused: readonly string[];
}

/** Where to, and what of the outside it needs. */
export interface SendDeps {
  readonly url: string;
  readonly key: string;
  readonly fetch: typeof fetch;
  /** Ms since epoch. */
  readonly clock: () => number;
  /** Told after each batch, with its end in its generation. */
  readonly progress?: (batch: OutBatch) => void;
}

const ATTEMPTS = 12;
const BASE_MS = 250;
const MOST_MS = 30_000;

/**
 * Sends batches one after the other and waits for each to be durable. A server that is busy or away is tried again for some minutes. To go
 * on after a break simply send the same again: the first answer tells how far the server is, and what lies before that is passed over.
 * @throws AppError when the server cannot be reached, or does not take the key.
 */
export async function sendBatches(batches: AsyncIterable<OutBatch>, deps: SendDeps): Promise<SendReport> {
  const next = new Map<string, number>();
  const refused: string[] = [];
  let [stored, known] = [0, 0];
  for await (const batch of batches) {
    const name = `${batch.session} ${batch.window} ${batch.generation}`;
    const end = batch.first + batch.count;
    if (end <= (next.get(name) ?? 0)) known += 1;
    else if (batch.body.length > MAX_BATCH_BYTES)
      refused.push(`events ${batch.first} to ${end - 1}: ${batch.body.length} bytes are more than a batch may have`);
    else {
      const answer = await sendOne(batch, deps);
      if (typeof answer === 'string') refused.push(`events ${batch.first} to ${end - 1}: ${answer}`);
      else {
        next.set(name, answer.next);
        if (answer.duplicate) known += 1;
        else stored += 1;
      }
    }
    deps.progress?.(batch);
  }
  return { stored, known, refused };
}

/** @returns the receipt, or why the server will never take this batch. */
async function sendOne(batch: OutBatch, deps: SendDeps): Promise<BatchReceipt | string> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await post(batch, deps);
    if (answer instanceof Response && answer.ok) return BatchReceipt.parse(await answer.json());
    const reason = answer instanceof Response ? await reasonOf(answer) : answer;
    const status = answer instanceof Response ? answer.status : 0;
    if (status === 401 || status === 403) throw new AppError('unauthorized', reason);
    if (status >= 400 && status < 500 && status !== 408 && status !== 429) return reason;
    if (attempt >= ATTEMPTS) throw new AppError('offline', `${deps.url} does not take batches: ${reason}`);
    const after = answer instanceof Response ? Number(answer.headers.get('retry-after') ?? 0) * 1000 : 0;
    await wait(Math.max(after, Math.min(MOST_MS, BASE_MS * 2 ** (attempt - 1))));
  }
}

/** @returns the answer, or why there is none. */
async function post(
  { session, window, generation, first, count, fromAt, toAt, body }: OutBatch,
  { url, key, fetch: fetchFrom, clock }: SendDeps,
): Promise<Response | string> {
  const at = (time: number): number => Math.max(0, Math.round(time));
  const times = { from: at(fromAt), to: at(toAt), sent: clock() };
  const head = { v: BATCH_VERSION, key, session, window, generation, first, count, ...times };
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(head)) fields[name] = String(value);
  const query = new URLSearchParams(fields);
  try {
    return await fetchFrom(`${url}${PATHS.batches}?${query}`, { method: 'POST', body, redirect: 'error' });
  } catch (error) {
    return messageOf((error as { cause?: unknown }).cause ?? error);
  }
}

async function reasonOf(response: Response): Promise<string> {
  const problem = Problem.safeParse(await response.json().catch(() => undefined));
  return problem.success ? problem.data.message : `it answered ${response.status}`;
}
