import { z } from 'zod';
import { AppError } from '../../../shared/lib/app-error.ts';

const MAX_SAID = 300;
const MAX_READ_BYTES = 64 * 1024;

/** How OpenAI-compatible endpoints say what is wrong: an object, or only words. */
const Problem = z.object({
  error: z.union([
    z.string(),
    z.object({ message: z.string().optional(), code: z.unknown().optional(), type: z.unknown().optional() }),
  ]),
});

/** Why an answer's head shows that there is no answer to read, or null. Reads its body only then. */
export async function refusalOf(response: Response, host: string, key: string | null): Promise<AppError | null> {
  const { status } = response;
  if (status === 0 || (status >= 300 && status < 400)) {
    await response.body?.cancel();
    const to = (response.headers.get('location') ?? 'elsewhere').slice(0, 200);
    return new AppError(
      'unsupported',
      `${host} sends the request on to ${to}; it was not sent there. If that is your endpoint, use its address in the settings.`,
    );
  }
  const type = (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (response.ok && type === 'text/event-stream') return null;
  const text = await readSome(response);
  const said = wordsOf(text, key);
  if (!response.ok) return refused(response, host, said, text);
  if (type === 'text/html' || /^\s*<(?:!doctype|html)/i.test(text)) {
    return new AppError(
      'unsupported',
      `${host} answered with a web page. Is the base URL right (it often ends in /v1), or does this network want you to sign in first?`,
    );
  }
  if (said !== '') return new AppError('offline', `${host} answered with an error: ${said}`);
  const what = type === 'application/json' ? 'all at once' : `as "${type.slice(0, 60) || 'nothing it names'}"`;
  return new AppError(
    'unsupported',
    `${host} answered ${what}, not as the stream it was asked for. Is it OpenAI-compatible?`,
  );
}

function refused(response: Response, host: string, said: string, text: string): AppError {
  const { status } = response;
  const because = said === '' ? '' : ` It says: ${said}`;
  const page = said === '' && /^\s*</.test(text) ? ' It answered with a web page.' : '';
  if (status === 401 || status === 403) {
    return new AppError(
      'unauthorized',
      `${host} refused the API key (${status}). Check the key in the settings.${because}`,
    );
  }
  if (status === 404) {
    return new AppError(
      'not-found',
      `${host} knows no such model or address (404). Check model name and base URL.${because}${page}`,
    );
  }
  if (status === 429) {
    if (/insufficient_quota|billing/i.test(text))
      return new AppError('offline', `The account at ${host} has no quota left (429).${because}`);
    return new AppError('offline', `${host} gets too many requests (429). ${waitWords(response)}${because}`);
  }
  if (status === 413 || /context_length|maximum context|too (?:long|large|many tokens)/i.test(said)) {
    return new AppError(
      'too-large',
      `The question is too long for this model (${status}). Choose one with a larger context.${because}`,
    );
  }
  if (status >= 500) {
    return new AppError(
      'offline',
      `${host} has a fault of its own (${status}). ${waitWords(response)}${because}${page}`,
    );
  }
  return new AppError('bad-request', `${host} did not accept the request (${status}).${because}${page}`);
}

/** Seconds or an HTTP date (RFC 9110, 10.2.3). */
function waitWords(response: Response): string {
  const value = response.headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,6}$/.test(value)) return `Try again in ${value} s.`;
  return value !== '' && !Number.isNaN(Date.parse(value)) ? `Try again after ${value}.` : 'Try again later.';
}

/** What the endpoint said, short, in one line, and without the key if it repeats it. */
export function wordsOf(text: string, key: string | null): string {
  const parsed = Problem.safeParse(jsonOf(text));
  if (!parsed.success) return '';
  const { error } = parsed.data;
  return plainWords(typeof error === 'string' ? error : (error.message ?? ''), key);
}

/** Any words of an endpoint as they may be shown. */
export function plainWords(words: string, key: string | null): string {
  const line = words.replace(/\s+/g, ' ').trim();
  return (key ? line.replaceAll(key, '…') : line).slice(0, MAX_SAID);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // no JSON: the caller says so
  }
}

async function readSome(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  while (reader && bytes < MAX_READ_BYTES) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    bytes += value.length;
  }
  await reader?.cancel();
  return Buffer.concat(pieces).toString('utf8');
}
