import type { z } from 'zod';
import { AppError } from '../../../shared/lib/app-error.ts';
import { manyText } from '../../../shared/lib/size-text.ts';
import { PATHS } from '../../../shared/wire/change.ts';
import { type AskedWith, READER_API, type ReaderApi, type ReaderRoute } from '../../../shared/wire/reader-api.ts';
import { failureOf, readBody, readJson } from './read-answer.ts';
import { RequestFailure, unreachable } from './request-failure.ts';

/** Everything a workstation asks one server, typed by `READER_API`. All methods throw `RequestFailure`. */
export interface ServerClient {
  /** @param workMs how long the server may take beside answering, for instance because it was asked to wait. */
  ask<K extends keyof ReaderApi>(
    route: K,
    asked: AskedWith<ReaderApi[K]>,
    signal: AbortSignal,
    workMs?: number,
  ): Promise<z.output<ReaderApi[K]['answer']>>;
  /** The bytes of a chunk; not yet compared with its hash. */
  chunk(seq: number, bytes: number, signal: AbortSignal): Promise<Uint8Array>;
}

/** The slowest transfer we wait for. */
const SLOWEST_BYTES_PER_MS = 8;
/** One request before it is sent. */
interface Request {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  /** Until the whole answer is there. */
  readonly timeMs: number;
}

/** @param deps.url as `serverUrl` gives it. */
export function createServerClient(deps: {
  readonly fetch: typeof fetch;
  readonly url: string;
  readonly token: string;
  /** Longest silence of the server. */
  readonly answerMs: number;
}): ServerClient {
  const { origin } = new URL(deps.url);

  async function request<T>(
    { method, path, body, timeMs }: Request,
    signal: AbortSignal,
    read: (response: Response) => Promise<T>,
  ): Promise<T> {
    const controller = new AbortController();
    const abort = (): void => controller.abort();
    signal.addEventListener('abort', abort, { once: true });
    const timer = setTimeout(abort, timeMs);
    try {
      signal.throwIfAborted();
      const response = await deps.fetch(deps.url + path, {
        method,
        headers: {
          authorization: `Bearer ${deps.token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        // A redirect is an answer to look at: the token goes to no other place.
        redirect: 'manual',
        signal: controller.signal,
      });
      if (!response.ok) throw await failureOf(response, origin);
      return await read(response);
    } catch (error) {
      if (error instanceof RequestFailure) throw error;
      if (signal.aborted) throw new RequestFailure(new AppError('cancelled', 'Cancelled.'), { retryable: false });
      if (error instanceof AppError) throw new RequestFailure(error, { retryable: false });
      if (!controller.signal.aborted) throw unreachable(origin, error);
      const waited = `${origin} did not answer within ${manyText(Math.ceil(timeMs / 1000), 'second')}.`;
      const late = new AppError('offline', `${waited} Try again, or ask whoever runs it.`);
      throw new RequestFailure(late, { retryable: true });
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    }
  }

  return {
    ask: (name, asked, signal, workMs = 0) => {
      const { method, path, answer }: ReaderRoute = READER_API[name];
      const { query, body } = asked as { readonly query?: object; readonly body?: unknown };
      const timeMs = deps.answerMs + workMs;
      return request({ method, path: path + queryText(query), body, timeMs }, signal, async (response) => {
        const parsed = answer.safeParse(await readJson(response, origin));
        if (parsed.success) return parsed.data as never;
        throw notUnderstood(origin + path, parsed.error);
      });
    },
    chunk: (seq, bytes, signal) =>
      request(
        { method: 'GET', path: `${PATHS.chunks}/${seq}`, timeMs: deps.answerMs + bytes / SLOWEST_BYTES_PER_MS },
        signal,
        (response) => readBody(response, origin, bytes),
      ),
  };
}

function queryText(query: object = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return given.length === 0
    ? ''
    : `?${new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)]))}`;
}

function notUnderstood(address: string, error: z.ZodError): RequestFailure {
  const issue = error.issues[0];
  const what = `${address} gave an answer this version does not understand (${issue?.path.join('.')}: ${issue?.message}). The server may be newer: update TRACEFLOW.`;
  return new RequestFailure(new AppError('unsupported', what), { retryable: false });
}
