import { AppError, sentence } from '../../../shared/lib/app-error.ts';
import { Problem } from '../../../shared/wire/batch.ts';
import { RequestFailure } from './request-failure.ts';

/** Cap of an answer that is read as JSON: a full page of changes has about 0.5 MB. */
const MAX_JSON_BYTES = 16 * 1024 * 1024;

/** The body, never more than `maxBytes`. @throws RequestFailure `too-large`. */
export async function readBody(response: Response, origin: string, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const announced = Number(response.headers.get('content-length') ?? Number.NaN);
  // HTTP itself holds a plain answer to its announced length, so that it can be taken as a whole.
  if (announced <= maxBytes && !response.headers.has('content-encoding'))
    return new Uint8Array(await response.arrayBuffer());
  const pieces: Uint8Array[] = [];
  let length = 0;
  const body: AsyncIterable<Uint8Array> | null = response.body;
  for await (const piece of body ?? []) {
    length += piece.length;
    if (length > maxBytes) {
      throw new RequestFailure(
        new AppError(
          'too-large',
          `${origin} sent more than it announced. Try again; if that stays, its store is damaged.`,
        ),
        {
          retryable: true,
        },
      );
    }
    pieces.push(piece);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** @throws RequestFailure when the answer is no JSON; a sign-in page of a network is the usual reason. */
export async function readJson(response: Response, origin: string): Promise<unknown> {
  const text = new TextDecoder().decode(await readBody(response, origin, MAX_JSON_BYTES));
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notOurs(origin, text, error);
  }
}

function notOurs(origin: string, text: string, cause?: unknown): RequestFailure {
  const page = /^\s*</.test(text)
    ? 'It answered with a web page: does this network want you to sign in first, or is the address another one?'
    : 'Check its address.';
  return new RequestFailure(new AppError('unsupported', `${origin} is not a TRACEFLOW server. ${page}`, { cause }), {
    retryable: false,
  });
}

/** What a status that is not 2xx means. */
export async function failureOf(response: Response, origin: string): Promise<RequestFailure> {
  const { status } = response;
  if (status >= 300 && status < 400) {
    const target = response.headers.get('location') ?? 'elsewhere';
    const reason = `${origin} sends us on to ${target.slice(0, 200)}. If that is your server, use its address; a network's sign-in page does the same.`;
    return new RequestFailure(new AppError('unsupported', reason), { retryable: false });
  }
  const text = new TextDecoder().decode(await readBody(response, origin, MAX_JSON_BYTES));
  const problem = problemIn(text);
  if (status === 401 || status === 403) {
    const reason = sentence(problem?.message ?? 'it does not accept it');
    const way =
      status === 403 && problem?.code === 'forbidden'
        ? 'Ask somebody who has one, or for a token of that role.'
        : 'Paste the read token again, or ask for a new one.';
    return new RequestFailure(new AppError('unauthorized', `${origin} refused the token: ${reason} ${way}`), {
      retryable: false,
    });
  }
  if (status === 408 || status === 429 || status >= 500) {
    const said = problem ? `: ${sentence(problem.message)}` : ': it, or a proxy before it, is in trouble.';
    const reason = `${origin} answered ${status}${said} Try again later.`;
    return new RequestFailure(new AppError('offline', reason), { retryable: true, afterMs: retryAfter(response) });
  }
  if (!problem) return notOurs(origin, text);
  const code = status === 404 ? 'not-found' : 'bad-request';
  return new RequestFailure(new AppError(code, `${origin} answered ${status}: ${sentence(problem.message)}`), {
    retryable: false,
  });
}

function problemIn(text: string): Problem | null {
  try {
    return Problem.parse(JSON.parse(text));
  } catch {
    return null; // not from a server of ours; the caller says so
  }
}

/** Seconds or an HTTP date (RFC 9110, 10.2.3). */
function retryAfter(response: Response): number | null {
  const value = response.headers.get('retry-after');
  if (value === null) return null;
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}
