import { cut } from '../captured.ts';
import { HIDDEN, isSecretName } from '../privacy/secrets.ts';
import { scrub } from '../privacy/text.ts';

/** What explains an answer and is nobody's secret. */
const ALWAYS = 'age,cache-control,content-encoding,retry-after,server-timing,x-cache,x-correlation-id,x-request-id';
const MAX_CHARS = 300;

/** Keeps the headers whose names are allowed. */
export interface HeaderFilter {
  /** @returns undefined where none is left. */
  keep(headers: Iterable<readonly [name: string, value: string]>): Record<string, string> | undefined;
}

/** @param names allowed beside those that always are; a name that sounds like a credential keeps only that it was there. */
export function createHeaderFilter(names: readonly string[] = []): HeaderFilter {
  const allowed = new Set([...ALWAYS.split(','), ...names.map((name) => name.toLowerCase())]);
  return {
    keep(headers) {
      const kept: Record<string, string> = {};
      for (const [name, value] of headers) {
        const key = name.toLowerCase();
        if (allowed.has(key)) kept[key] = isSecretName(key) ? HIDDEN : scrub(cut(String(value), MAX_CHARS));
      }
      return Object.keys(kept).length > 0 ? kept : undefined;
    },
  };
}

/** Headers as a page may write them for `fetch`. Something that can be read only once is left alone. */
export function headerPairs(init: unknown): Iterable<readonly [string, string]> {
  if (init instanceof Headers) return init;
  if (Array.isArray(init)) return init.filter((pair) => Array.isArray(pair) && pair.length === 2);
  const isPlain = typeof init === 'object' && init !== null && !(Symbol.iterator in init);
  return isPlain ? (Object.entries(init) as [string, string][]) : [];
}

/** What `getAllResponseHeaders` returns, taken apart. */
export const parsedHeaders = (text: string): [string, string][] =>
  text
    .trim()
    .split(/\r?\n/)
    .map((line): [string, string] => {
      const at = line.indexOf(':');
      return [line.slice(0, Math.max(0, at)), line.slice(at + 1).trim()];
    });

/** Header that names the session, the page load and the request in it, divided by dots. */
export const SESSION_HEADER = 'traceflow-session';

/** The trace id of a `traceparent` header (W3C Trace Context, version 00). */
export const traceIdOf = (pairs: Iterable<readonly [string, string]>): string | undefined => {
  for (const [name, value] of pairs) {
    if (name.toLowerCase() === 'traceparent') return /^00-([0-9a-f]{32})-/.exec(value)?.[1];
  }
  return undefined;
};
