import { cut } from '../captured.ts';
import type { NetworkOptions } from '../options.ts';
import { redact } from '../privacy/secrets.ts';
import { scrub } from '../privacy/text.ts';
import { maskUrl } from '../privacy/url.ts';

/** Longest body that is looked at, and longest text that is kept. */
const MAX_READ_CHARS = 256 * 1024;
const MAX_KEPT_CHARS = 8_000;

/** Keeps bodies of the addresses a page opted in, redacted. */
export interface Bodies {
  /** @param body as the page sent or read it. @returns undefined where nothing may or can be kept. */
  keep(address: string, body: unknown): string | undefined;
}

const FORM = /^[\w.[\]%-]{1,80}=[^&\s]*(&[\w.[\]%-]{1,80}=[^&\s]*)*$/;

function redactedText(text: string): string {
  try {
    return JSON.stringify(redact(JSON.parse(text)));
  } catch {
    // Not JSON. Values of a form are masked like those of an address; other text is only scrubbed.
    return FORM.test(text) ? maskUrl(`?${text}`).slice(1) : scrub(text);
  }
}

/** @param patterns texts that an address must contain, or expressions it must match. */
export function createBodies(patterns: NetworkOptions['bodies'] = []): Bodies {
  const wanted = (address: string): boolean =>
    patterns.some((pattern) =>
      typeof pattern === 'string' ? address.includes(pattern) : address.search(pattern) >= 0,
    );
  return {
    keep(address, body) {
      if (patterns.length === 0 || !wanted(address)) return undefined;
      if (typeof body === 'string') {
        if (body.length > MAX_READ_CHARS) return `<${body.length} characters>`;
        return cut(redactedText(body), MAX_KEPT_CHARS);
      }
      if (body instanceof URLSearchParams) return cut(maskUrl(`?${body}`).slice(1), MAX_KEPT_CHARS);
      if (
        typeof body === 'object' &&
        body !== null &&
        (Array.isArray(body) || Object.getPrototypeOf(body) === Object.prototype)
      )
        return cut(JSON.stringify(redact(body)), MAX_KEPT_CHARS);
      return undefined;
    },
  };
}
