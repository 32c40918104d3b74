import { EventType } from '../../model/recorded-event.ts';
import { nestingOf } from '../json/nesting.ts';

/** One event ready to be stored. */
export interface ReadEvent {
  /** JSON of the event: the very text of the file where nothing had to be mended. */
  readonly text: string;
  readonly at: number;
}

/** What was noticed on the way; turned into words by `noticeOf`. */
export interface ReadCounts {
  events: number;
  /** Objects, strings or values that are not rrweb events. */
  notEvents: number;
  unreadable: number;
  /** Events without a usable time, placed at the time of the one before them. */
  noTime: number;
  negativeTime: number;
  fullSnapshots: number;
  metas: number;
}

/** Reads elements in file order. */
export interface EventReader {
  /** @returns the events that are now complete: none, one, or the held-back ones and one. */
  read(element: string): ReadEvent[];
  /** Events held back because no event so far had a time. */
  flush(): ReadEvent[];
  readonly counts: ReadCounts;
}

/** Latest time a JavaScript date can hold. */
const MAX_TIME = 8.64e15;
const MAX_HELD = 1000;

interface Loose {
  readonly type?: unknown;
  readonly timestamp?: unknown;
}

/**
 * @param deps.inflate zlib stream to text, at most what the caller allows; throws otherwise. rrweb's packer stores an
 *   event as a zlib stream with one character per byte.
 * @param deps.maxDepth cap for events that come inside strings.
 */
export function createEventReader(deps: {
  readonly inflate: (bytes: Uint8Array) => string;
  readonly maxDepth: number;
}): EventReader {
  const counts: ReadCounts = {
    events: 0,
    notEvents: 0,
    unreadable: 0,
    noTime: 0,
    negativeTime: 0,
    fullSnapshots: 0,
    metas: 0,
  };
  let held: Loose[] = [];
  let lastAt: number | null = null;

  function read(element: string): ReadEvent[] {
    let text = element;
    let value: unknown;
    try {
      value = JSON.parse(element);
      if (typeof value === 'string') {
        text = insideString(value);
        value = text === '' ? null : JSON.parse(text);
      }
    } catch {
      counts.unreadable++; // the file's notice says how many
      return [];
    }
    if (!isEvent(value)) {
      counts.notEvents++;
      return [];
    }
    return accept(value, text);
  }

  /** @returns the JSON inside a packed or stringified event, or '' when the string is neither. */
  function insideString(value: string): string {
    const json = value.startsWith('{') ? value : isZlib(value) ? deps.inflate(latin1(value)) : '';
    if (nestingOf(json) > deps.maxDepth) throw new RangeError('too deep');
    return json;
  }

  function accept(event: Loose, text: string): ReadEvent[] {
    const at = timeOf(event.timestamp);
    if (at === null && lastAt === null && held.length < MAX_HELD) {
      held.push(event);
      return [];
    }
    const early = at === null ? [] : flushAt(at);
    const placedAt = at ?? lastAt ?? 0;
    lastAt = placedAt;
    if (at === null) counts.noTime++;
    return [...early, keep(event, at !== null && typeof event.timestamp === 'number' ? text : null, placedAt)];
  }

  function keep(event: Loose, text: string | null, at: number): ReadEvent {
    counts.events++;
    if (at < 0) counts.negativeTime++;
    if (event.type === EventType.FullSnapshot) counts.fullSnapshots++;
    if (event.type === EventType.Meta) counts.metas++;
    return { text: text ?? JSON.stringify({ ...event, timestamp: at }), at };
  }

  function flushAt(at: number): ReadEvent[] {
    const early = held;
    held = [];
    counts.noTime += early.length;
    return early.map((event) => keep(event, null, at));
  }

  return { read, flush: () => flushAt(lastAt ?? 0), counts };
}

const isEvent = (value: unknown): value is Loose =>
  typeof value === 'object' &&
  value !== null &&
  Object.hasOwn(value, 'type') &&
  Number.isInteger((value as Loose).type) &&
  (value as { type: number }).type >= 0;

/** Numbers and numeric strings; `1e400` parses as Infinity and counts as no time. */
function timeOf(raw: unknown): number | null {
  const at = typeof raw === 'string' && raw.trim() !== '' ? Number(raw) : raw;
  return typeof at === 'number' && Math.abs(at) <= MAX_TIME ? at : null;
}

/** The two header bytes of a zlib stream (RFC 1950): deflate, and a check sum that divides by 31. */
const isZlib = (text: string): boolean =>
  text.charCodeAt(0) === 0x78 && ((0x78 << 8) + text.charCodeAt(1)) % 31 === 0 && text.charCodeAt(1) < 256;

function latin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index) & 0xff;
  return bytes;
}
