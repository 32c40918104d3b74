import { type Fact, isFact } from '../facts/details.ts';
import { readAddress } from '../facts/urls.ts';
import type { Signal, SignalKind } from '../model/signal.ts';

/** A signal as claims about it are checked: times are ms from the start of the session. */
export interface CitedFact {
  readonly id: string;
  readonly kind: SignalKind;
  readonly severity: Signal['severity'];
  readonly atMs: number;
  /** Null for what does not last, or did not end. */
  readonly endMs: number | null;
  /** Lengths of time the recording knows of it, ms. */
  readonly lengthsMs: readonly number[];
  /** Everything that may be quoted of it, in lower case and with single spaces. */
  readonly words: readonly string[];
  /** Routes and paths it is about, in lower case. */
  readonly paths: readonly string[];
  readonly request: Fact<'request'>['details'] | null;
  readonly signal: Signal;
}

/** As texts are compared: case and white space do not count. */
export const comparable = (text: string): string => text.replace(/\s+/g, ' ').trim().toLowerCase();

/** @param shown the text of it that was sent, which may differ by redaction */
export function citedFact(signal: Signal, startedAt: number, shown: readonly string[]): CitedFact {
  const request = isFact(signal, 'request') ? signal.details : null;
  const words = [signal.text, signal.element?.label ?? '', signal.element?.selector ?? '', ...shown];
  const paths = [readAddress(signal.page).path, signal.page];
  const lengths: number[] = [];
  if (signal.endAt !== undefined) lengths.push(signal.endAt - signal.at);
  if (request) {
    const { path } = readAddress(request.url);
    words.push(request.method, request.route, path, request.contentType ?? '', request.shape ?? '');
    paths.push(request.route, path, request.origin + request.route, request.origin + path);
    if (request.durationMs !== null) lengths.push(request.durationMs);
  }
  if (isFact(signal, 'error'))
    words.push(signal.details.name ?? '', signal.details.message, signal.details.source ?? '');
  if (isFact(signal, 'backend')) {
    const { details } = signal;
    if ('route' in details) paths.push(details.route, readAddress(details.url).path);
    if ('message' in details) words.push(details.message ?? '');
    if ('durationMs' in details) lengths.push(details.durationMs);
  }
  if (isFact(signal, 'console')) words.push(signal.details.level, ...signal.details.args);
  if (isFact(signal, 'page')) words.push(signal.details.title ?? '', signal.details.url);
  if (isFact(signal, 'click')) {
    words.push(...signal.details.under.flatMap(({ selector, label }) => [selector, label ?? '']));
    const effect = signal.details.effect;
    if (effect) lengths.push(effect.observedMs, ...(effect.firstMutationMs === null ? [] : [effect.firstMutationMs]));
  }
  return {
    id: signal.id,
    kind: signal.kind,
    severity: signal.severity,
    atMs: signal.at - startedAt,
    endMs: signal.endAt === undefined ? null : signal.endAt - startedAt,
    lengthsMs: lengths,
    words: [...new Set(words.map(comparable))].filter((word) => word !== ''),
    paths: [...new Set(paths.map((path) => path.toLowerCase()))].filter((path) => path !== ''),
    request,
    signal,
  };
}

/** Whether one of these facts holds the words as words, not as a piece of others. */
export function holdsWords(facts: readonly CitedFact[], text: string): boolean {
  const wanted = comparable(text);
  if (wanted === '') return false;
  const edge = (char: string | undefined): boolean => char !== undefined && /[\p{L}\p{N}]/u.test(char);
  const fitsAt = (words: string, index: number): boolean =>
    !(edge(words[index - 1]) && edge(wanted[0])) &&
    !(edge(words[index + wanted.length]) && edge(wanted[wanted.length - 1]));
  return facts.some(({ words }) =>
    words.some((word) => {
      for (let index = word.indexOf(wanted); index >= 0; index = word.indexOf(wanted, index + 1))
        if (fitsAt(word, index)) return true;
      return false;
    }),
  );
}
