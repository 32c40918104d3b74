/** A logged value, taken apart as far as its text allows. */
export interface PreviewValue {
  /** Name of the property or index of the item; empty for the value itself. */
  readonly name: string;
  /** The value in one line. */
  readonly text: string;
  /** Null for what has no parts, or whose parts were not recorded. */
  readonly parts: readonly PreviewValue[] | null;
}

/** Nesting that is taken apart: recorders keep three levels, JSON from elsewhere may have more. */
const MAX_DEPTH = 50;

const KEY = /^\s*(?:"((?:[^"\\]|\\.)*)"|([^\s:{}[\],"]+))\s*:/;
const STRING = /^"(?:[^"\\]|\\.)*"/;
/** What stands for itself until the next separator: numbers, words, `ƒ name`, `Map(2)`, an element in angle brackets. */
const ATOM = /^[^,{}[\]]+/;

/**
 * Takes a logged value apart: JSON, or the short text that our SDK records (`{id: 7, items: [{…}, "a"], …}`). A text that
 * was cut off is read as far as it goes. @returns null when the text is no object or array
 */
export function readPreview(text: string): PreviewValue | null {
  let rest = text.trimStart();
  if (!/^[[{]/.test(rest)) return null;

  const take = (pattern: RegExp): RegExpExecArray | null => {
    const match = pattern.exec(rest);
    if (match) rest = rest.slice(match[0].length);
    return match;
  };

  function value(name: string, depth: number): PreviewValue {
    rest = rest.trimStart();
    const whole = rest;
    const opening = rest[0];
    if ((opening === '{' || opening === '[') && depth < MAX_DEPTH) {
      rest = rest.slice(1);
      const parts = members(opening === '{', depth + 1);
      const own = whole.slice(0, whole.length - rest.length);
      return { name, text: own.trim(), parts: parts.length > 0 ? parts : null };
    }
    const atom = take(STRING) ?? take(ATOM);
    return { name, text: (atom?.[0] ?? '').trim(), parts: null };
  }

  function members(named: boolean, depth: number): PreviewValue[] {
    const parts: PreviewValue[] = [];
    const closing = named ? '}' : ']';
    for (;;) {
      rest = rest.trimStart();
      if (rest === '') return parts;
      if (rest[0] === closing) {
        rest = rest.slice(1);
        return parts;
      }
      const before = rest.length;
      const key = named ? take(KEY) : null;
      const name = key ? (key[1] ?? key[2] ?? '') : named ? '' : String(parts.length);
      const part = value(name, depth);
      if (part.text !== '') parts.push(part);
      rest = rest.trimStart();
      if (rest[0] === ',') rest = rest.slice(1);
      else if (rest[0] !== closing && rest.length === before) return parts; // nothing that could be read
    }
  }

  return value('', 0);
}
