import type { z } from 'zod';
import { AppError } from '../../../shared/lib/app-error.ts';
import { manyText } from '../../../shared/lib/size-text.ts';
import { ChangePage, PATHS, ProjectInfo } from '../../../shared/wire/change.ts';
import { failureOf, readBody, readJson } from './read-answer.ts';
import { RequestFailure, unreachable } from './request-failure.ts';

/** One server as a reader sees it. All methods throw `RequestFailure`. */
export interface ServerClient {
  project(signal: AbortSignal): Promise<ProjectInfo>;
  changes(after: number, limit: number, signal: AbortSignal): Promise<ChangePage>;
  /** The bytes of a chunk; not yet compared with its hash. */
  chunk(seq: number, bytes: number, signal: AbortSignal): Promise<Uint8Array>;
}

/** The slowest transfer we wait for. */
const SLOWEST_BYTES_PER_MS = 8;

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
    path: string,
    timeMs: number,
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
        headers: { authorization: `Bearer ${deps.token}` },
        // A redirect is an answer to look at: the token goes to no other place.
        redirect: 'manual',
        signal: controller.signal,
      });
      if (!response.ok) throw await failureOf(response, origin);
      return await read(response);
    } catch (error) {
      if (error instanceof RequestFailure) throw error;
      if (signal.aborted) throw new RequestFailure(new AppError('cancelled', 'Cancelled.'), { retryable: false });
      if (!controller.signal.aborted) throw unreachable(origin, error);
      const waited = `${origin} did not answer within ${manyText(Math.ceil(timeMs / 1000), 'second')}.`;
      const late = new AppError('offline', `${waited} Try again, or ask whoever runs it.`);
      throw new RequestFailure(late, { retryable: true });
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    }
  }

  const json = <T>(path: string, shape: z.ZodType<T>, signal: AbortSignal): Promise<T> =>
    request(path, deps.answerMs, signal, async (response) => {
      const answer = shape.safeParse(await readJson(response, origin));
      if (answer.success) return answer.data;
      const issue = answer.error.issues[0];
      const what = `${origin}${path.split('?')[0]} gave an answer this version does not understand (${issue?.path.join('.')}: ${issue?.message}). The server may be newer: update TRACEFLOW.`;
      throw new RequestFailure(new AppError('unsupported', what), { retryable: false });
    });

  return {
    project: (signal) => json(PATHS.project, ProjectInfo, signal),
    changes: (after, limit, signal) => json(`${PATHS.changes}?after=${after}&limit=${limit}`, ChangePage, signal),
    chunk: (seq, bytes, signal) =>
      request(`${PATHS.chunks}/${seq}`, deps.answerMs + bytes / SLOWEST_BYTES_PER_MS, signal, (response) =>
        readBody(response, origin, bytes),
      ),
  };
}
