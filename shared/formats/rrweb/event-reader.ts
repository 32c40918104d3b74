import { EventType } from '../../model/recorded-event.ts';
import { nestingOf } from '../json/nesting.ts';
import { createEventTimes, type Placed, type TimeCounts, timeOf } from './event-times.ts';

/** One event ready to be stored. */
export interface ReadEvent {
  /** JSON of the event: the very text of the file where nothing had to be mended. */
  readonly text: string;
  readonly at: number;
}

/** What was noticed on the way; turned into words by `noticeOf`. */
export interface ReadCounts extends TimeCounts {
  events: number;
  /** Objects, strings or values that are not rrweb events. */
  notEvents: number;
  unreadable: number;
  fullSnapshots: number;
  metas: number;
}

/** Reads elements in file order. */
export interface EventReader {
  /** @returns the events that are now complete: none, one, or the held-back ones and one. */
  read(element: string): ReadEvent[];
  /** Events held back because no two events so far agreed on a time. */
  flush(): ReadEvent[];
  readonly counts: ReadCounts;
}

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
  const times = createEventTimes<{ readonly event: Loose; readonly text: string | null }>();
  const counts: ReadCounts = Object.assign(times.counts, {
    events: 0,
    notEvents: 0,
    unreadable: 0,
    fullSnapshots: 0,
    metas: 0,
  });

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
    const asWritten = typeof value.timestamp === 'number' ? text : null;
    return times.add({ event: value, text: asWritten }, timeOf(value.timestamp)).map(keep);
  }

  /** @returns the JSON inside a packed or stringified event, or '' when the string is neither. */
  function insideString(value: string): string {
    const json = value.startsWith('{') ? value : isZlib(value) ? deps.inflate(latin1(value)) : '';
    if (nestingOf(json) > deps.maxDepth) throw new RangeError('too deep');
    return json;
  }

  function keep({ item: { event, text }, at, moved }: Placed<{ event: Loose; text: string | null }>): ReadEvent {
    counts.events++;
    if (event.type === EventType.FullSnapshot) counts.fullSnapshots++;
    if (event.type === EventType.Meta) counts.metas++;
    return { text: (moved ? null : text) ?? JSON.stringify({ ...event, timestamp: at }), at };
  }

  return { read, flush: () => times.flush().map(keep), counts };
}

const isEvent = (value: unknown): value is Loose =>
  typeof value === 'object' &&
  value !== null &&
  Object.hasOwn(value, 'type') &&
  Number.isInteger((value as Loose).type) &&
  (value as { type: number }).type >= 0;

/** The two header bytes of a zlib stream (RFC 1950): deflate, and a check sum that divides by 31. */
const isZlib = (text: string): boolean =>
  text.charCodeAt(0) === 0x78 && ((0x78 << 8) + text.charCodeAt(1)) % 31 === 0 && text.charCodeAt(1) < 256;

function latin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index) & 0xff;
  return bytes;
}
