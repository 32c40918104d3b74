import { WRAPPER_PATHS } from './wrapper-paths.ts';

/** Caps of one element; larger or deeper ones are left out and counted. */
export interface SplitLimits {
  /** UTF-16 units of one element. */
  readonly maxElementChars: number;
  /** Nesting of one element. */
  readonly maxDepth: number;
}

/** What was seen while splitting. */
export interface SplitCounts {
  tooLarge: number;
  tooDeep: number;
  /** Numbers, words and stray characters where an element was expected. */
  stray: number;
}

/** Cuts a stream of JSON text into the elements that can be events. */
export interface ElementSplitter {
  push(piece: string): void;
  /** @returns whether the text ended inside a value. */
  end(): { readonly truncated: boolean };
  readonly counts: SplitCounts;
  /** Keys of the first object, as paths of at most two names; tells foreign JSON documents apart. */
  readonly firstKeys: ReadonlySet<string>;
}

const QUOTE = 34;
const BACKSLASH = 92;
const COLON = 58;
const COMMA = 44;
const OPEN_ARRAY = 91;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
/** Arrays around an element; real files have one or two. */
const MAX_AROUND = 64;
const MAX_KEYS = 64;
const MAX_KEY_CHARS = 64;

/**
 * Reads arrays (also nested ones), one value after another (NDJSON) and objects that hold an array of events under a
 * name of `WRAPPER_PATHS`, without ever holding more than one element. `onElement` gets the JSON text of each object or
 * string. It does not judge whether an element is valid JSON: its reader does.
 */
export function createElementSplitter(limits: SplitLimits, onElement: (text: string) => void): ElementSplitter {
  const counts: SplitCounts = { tooLarge: 0, tooDeep: 0, stray: 0 };
  const firstKeys = new Set<string>();
  /** Containers around the place where elements are expected; '{' stands for a wrapper whose rest is passed over. */
  const around: number[] = [];
  let state: 'between' | 'string' | 'object' | 'passing' = 'between';
  let parts: string[] = [];
  let partChars = 0;
  let dropped: 'tooLarge' | 'tooDeep' | null = null;
  let depth = 0;
  let passDepth = 0;
  let inString = false;
  let escaped = false;
  let objects = 0;
  let keys: string[] = [];
  let isTyped = false;
  let lastString = '';
  let stringParts = '';
  let strayRun = false;

  function push(piece: string): void {
    let start = 0; // where the element, as far as it lies in this piece, begins
    let at = 0;
    while (at < piece.length) {
      if (inString) {
        const from = at;
        at = endOfString(piece, at);
        if (depth <= 2 && stringParts.length < MAX_KEY_CHARS) stringParts += piece.slice(from, Math.min(at, from + 80));
        if (!inString) {
          lastString = stringParts.slice(0, -1);
          if (state === 'string') finish(piece.slice(start, at));
        }
        continue;
      }
      const code = piece.charCodeAt(at);
      if (state === 'between') {
        start = at;
        between(code);
      } else if (state === 'passing') passing(code);
      else if (object(code)) finish(piece.slice(start, at + 1));
      at++;
    }
    if (state === 'object' || state === 'string') keep(piece.slice(start));
  }

  /** @returns the index after the closing quote, or the end of the piece. */
  function endOfString(piece: string, from: number): number {
    let at = from;
    if (escaped) {
      escaped = false;
      at++;
    }
    for (;;) {
      const quote = piece.indexOf('"', at);
      const stop = quote < 0 ? piece.length : quote;
      let slashes = 0;
      while (stop - slashes > at && piece.charCodeAt(stop - slashes - 1) === BACKSLASH) slashes++;
      if (quote < 0) {
        escaped = slashes % 2 === 1;
        return piece.length;
      }
      if (slashes % 2 === 0) {
        inString = false;
        return quote + 1;
      }
      at = quote + 1;
    }
  }

  function openString(): void {
    inString = true;
    escaped = false;
    stringParts = '';
  }

  function between(code: number): void {
    const stray = strayRun;
    strayRun = false;
    if (code === OPEN_OBJECT) {
      state = 'object';
      depth = 1;
      keys = [];
      isTyped = false;
      objects++;
    } else if (code === QUOTE) {
      state = 'string';
      depth = 0;
      openString();
    } else if (code === OPEN_ARRAY) {
      if (around.length < MAX_AROUND) around.push(OPEN_ARRAY);
      else counts.tooDeep++;
    } else if (code === CLOSE_ARRAY) leaveArray();
    else if (code > 32 && code !== COMMA && code !== 0xfeff) {
      strayRun = true;
      if (!stray) counts.stray++;
    }
  }

  function leaveArray(): void {
    if (around.pop() !== OPEN_ARRAY) counts.stray++;
    if (around.at(-1) === OPEN_OBJECT) {
      state = 'passing';
      passDepth = 0;
    }
  }

  /** The rest of a wrapper object, up to its closing brace. */
  function passing(code: number): void {
    if (code === QUOTE) {
      depth = 9; // no key is wanted here
      openString();
    } else if (code === OPEN_OBJECT || code === OPEN_ARRAY) passDepth++;
    else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) {
      if (passDepth-- > 0) return;
      around.pop();
      passDepth = 0;
      if (around.at(-1) !== OPEN_OBJECT) state = 'between';
    }
  }

  /** One character inside an element. @returns whether it was its last. */
  function object(code: number): boolean {
    if (code === QUOTE) openString();
    else if (code === COLON && depth <= 2) noteKey();
    else if (code === OPEN_OBJECT) depth++;
    else if (code === OPEN_ARRAY) {
      if (depth <= 2 && isWrapper()) return false;
      depth++;
    } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) depth--;
    if (depth > limits.maxDepth) drop('tooDeep');
    return depth === 0;
  }

  function noteKey(): void {
    keys.length = depth - 1;
    keys.push(lastString);
    if (depth === 1 && lastString === 'type') isTyped = true;
    if (objects === 1 && firstKeys.size < MAX_KEYS) firstKeys.add(keys.join('.'));
  }

  /** Turns the object being read into a wrapper when an array opens under one of the known names; an event has a type. */
  function isWrapper(): boolean {
    if (isTyped || keys.length !== depth || !WRAPPER_PATHS.has(keys.join('.'))) return false;
    for (let level = 0; level < depth; level++) around.push(OPEN_OBJECT);
    around.push(OPEN_ARRAY);
    reset();
    return true;
  }

  function drop(why: 'tooLarge' | 'tooDeep'): void {
    dropped ??= why;
    parts = [];
  }

  function keep(text: string): void {
    if (dropped) return;
    partChars += text.length;
    if (partChars > limits.maxElementChars) drop('tooLarge');
    else parts.push(text);
  }

  function finish(tail: string): void {
    keep(tail);
    if (dropped) counts[dropped]++;
    else onElement(parts.length === 1 ? tail : parts.join(''));
    reset();
  }

  function reset(): void {
    state = 'between';
    parts = [];
    partChars = 0;
    dropped = null;
    depth = 0;
  }

  return {
    push,
    end: () => ({ truncated: state !== 'between' || around.length > 0 }),
    counts,
    firstKeys,
  };
}
