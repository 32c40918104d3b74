import { gunzipSync, gzipSync } from 'node:zlib';
import { nestingOf } from '../../shared/formats/json/nesting.ts';
import { MAX_EVENT_DEPTH } from '../../shared/formats/rrweb/chunk-events.ts';
import type { ScrubRules } from '../../shared/wire/scrub.ts';
import { createScrub } from './scrub-value.ts';

/** What a batch of a project with rules may inflate to: it is parsed as a whole. */
const MAX_INFLATED_BYTES = 16 * 1024 * 1024;

/** A batch without what the rules name, or why it cannot be read. What is no object is no event: nobody would read it, and it is left out. */
export function scrubBody(body: Uint8Array, rules: ScrubRules): Uint8Array | 'unreadable' | 'too-large' {
  let text: string;
  try {
    text =
      body[0] === 0x5b
        ? Buffer.from(body).toString('utf8')
        : gunzipSync(body, { maxOutputLength: MAX_INFLATED_BYTES }).toString('utf8');
  } catch (error) {
    return isTooLarge(error) ? 'too-large' : 'unreadable';
  }
  if (nestingOf(text) > MAX_EVENT_DEPTH + 1) return 'unreadable';
  const events = parse(text);
  if (!Array.isArray(events)) return 'unreadable';
  const scrub = createScrub(rules);
  const kept = events.map((event) => (typeof event === 'object' ? scrub(event) : null));
  return gzipSync(JSON.stringify(kept));
}

const isTooLarge = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // told by the caller
  }
}
