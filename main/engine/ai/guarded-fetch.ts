import { AppError } from '../../../shared/lib/app-error.ts';
import { unreachable } from '../server-client/request-failure.ts';
import { hostOf } from './endpoint.ts';
import { refusalOf } from './endpoint-refusal.ts';

/** How long an endpoint may be silent, ms. */
export interface ModelPatience {
  /** Until the first byte: a local model reads the whole question first. */
  readonly firstMs: number;
  /** Between two pieces of the answer. */
  readonly silenceMs: number;
  /** For all of it. */
  readonly totalMs: number;
}

/** What may go out, and where to: these bytes to this address, nothing else. */
export interface Approved {
  readonly baseUrl: string;
  readonly url: string;
  readonly body: string;
  readonly key: string | null;
}

/** Names of the headers sent, for showing them. */
export const headerNames = (key: string | null): string[] => [
  'content-type',
  'accept',
  'user-agent',
  ...(key === null ? [] : ['authorization']),
];

/** Bytes of one answer that are read; each piece of a few letters takes some 200 on the wire. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

/**
 * A `fetch` for one request: it sends the approved bytes with our own few headers, follows no redirect, reads only an event
 * stream, and gives up on silence. What the client package would add or do by itself does not pass.
 * @param give called with the reason when it gives up, before anything is thrown
 */
export function guardedFetch(
  deps: { readonly fetch: typeof fetch; readonly patience: ModelPatience; readonly signal: AbortSignal },
  approved: Approved,
  give: (reason: AppError) => void,
): typeof fetch {
  const host = hostOf(approved.baseUrl);
  const stop = new AbortController();
  const cancel = (): void => stop.abort();
  const fail = (reason: AppError): AppError => {
    give(reason);
    stop.abort();
    return reason;
  };

  return async (input, init) => {
    const url = typeof input === 'string' ? input : input instanceof URL ? input.href : input.url;
    if (url !== approved.url || init?.method !== 'POST' || init.body !== approved.body)
      throw fail(new AppError('internal', 'Nothing was sent: the request is not the one that was approved.'));
    deps.signal.addEventListener('abort', cancel, { once: true });
    if (deps.signal.aborted) stop.abort();
    const watch = createWatch(stop.signal, (what) => fail(new AppError('offline', `${host} ${what}`)));
    watch.total(deps.patience.totalMs, 'did not finish its answer in time. Ask again, or choose a faster model.');
    watch.next(deps.patience.firstMs, 'sent nothing. It may be overloaded, or still loading the model: try again.');
    try {
      const response = await deps.fetch(approved.url, {
        method: 'POST',
        body: approved.body,
        headers: {
          'content-type': 'application/json',
          accept: 'text/event-stream',
          'user-agent': 'TRACEFLOW',
          ...(approved.key === null ? {} : { authorization: `Bearer ${approved.key}` }),
        },
        redirect: 'manual',
        signal: stop.signal,
      });
      const refusal = await refusalOf(response, host, approved.key);
      if (refusal) throw fail(refusal);
      return new Response(guardedBody(response, host, deps.patience.silenceMs, watch, fail), {
        status: response.status,
        headers: { 'content-type': 'text/event-stream' },
      });
    } catch (error) {
      watch.end();
      if (error instanceof AppError || stop.signal.aborted) throw error;
      throw fail(unreachable(host, error).reason);
    }
  };
}

interface Watch {
  total(ms: number, what: string): void;
  /** Starts waiting anew. */
  next(ms: number, what: string): void;
  end(): void;
}

function createWatch(signal: AbortSignal, late: (what: string) => void): Watch {
  let whole: ReturnType<typeof setTimeout> | undefined;
  let step: ReturnType<typeof setTimeout> | undefined;
  const end = (): void => {
    clearTimeout(whole);
    clearTimeout(step);
  };
  signal.addEventListener('abort', end, { once: true });
  return {
    total: (ms, what) => {
      whole = setTimeout(() => late(what), ms);
    },
    next: (ms, what) => {
      clearTimeout(step);
      step = setTimeout(() => late(what), ms);
    },
    end,
  };
}

function guardedBody(
  response: Response,
  host: string,
  silenceMs: number,
  watch: Watch,
  fail: (reason: AppError) => AppError,
): ReadableStream<Uint8Array> {
  const reader = (response.body ?? new Response('').body)?.getReader();
  let bytes = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done) {
        watch.end();
        controller.close();
        return;
      }
      bytes += value?.length ?? 0;
      if (bytes > MAX_ANSWER_BYTES) throw fail(new AppError('too-large', `${host} does not stop answering.`));
      watch.next(silenceMs, 'stopped in the middle of its answer. Ask again.');
      if (value) controller.enqueue(value);
    },
    async cancel(reason) {
      watch.end();
      await reader?.cancel(reason);
    },
  });
}
