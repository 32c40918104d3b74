import { REDACTION_RULES, type RedactionKind } from './redaction-rules.ts';

/** How often something of a kind was taken out. */
export type RedactionCounts = Partial<Record<RedactionKind, number>>;

/** Takes what is personal or secret out of texts, the same value always by the same mark. */
export interface Redactor {
  /** The text as it may leave: one line, at most `maxLength` long, with marks such as `⟦email 1⟧`. */
  text(raw: string, maxLength?: number): string;
  counts(): RedactionCounts;
}

/** A mark the redactor left. A recording cannot forge one: its own brackets of this kind are replaced. */
export const REDACTION_MARK = /⟦([a-z]+) \d+⟧/g;

const MARK_PARTS = /(⟦[^⟧]*⟧)/;
/** More of one text is not looked at. */
const MAX_READ = 2000;
const MAX_LENGTH = 240;
/** Shorter parts of a name are too common as words. */
const MIN_NAME_LENGTH = 3;

/** Control, zero-width and direction characters: they hide words from the eye or from the rules. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: taking them out is the point
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

const decodedOnce = (text: string): string =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => {
    try {
      return decodeURIComponent(bytes);
    } catch {
      return bytes; // another encoding: read as written
    }
  });

/** One line of plain, visible text. Percent signs hide words from the rules; addresses nest in addresses, hence twice. */
const visible = (raw: string): string =>
  decodedOnce(decodedOnce(raw))
    .normalize('NFKC')
    .replace(/\s+/g, ' ')
    .replace(UNSEEN, '')
    .replaceAll('⟦', '[')
    .replaceAll('⟧', ']');

/**
 * A redactor for one packet. Deterministic: the same texts in the same order give the same marks.
 * @param names what the person is called in the session's user fields; found in any text, whole or in part
 */
export function createRedactor(names: readonly string[]): Redactor {
  const numbers = new Map<string, number>();
  const perKind = new Map<RedactionKind, number>();
  const counts: RedactionCounts = {};

  const mark = (kind: RedactionKind, value: string): string => {
    const name = `${kind} ${value.toLowerCase()}`;
    const number = numbers.get(name) ?? (perKind.get(kind) ?? 0) + 1;
    if (!numbers.has(name)) perKind.set(kind, number);
    numbers.set(name, number);
    counts[kind] = (counts[kind] ?? 0) + 1;
    return `⟦${kind} ${number}⟧`;
  };
  const outsideMarks = (text: string, change: (part: string) => string): string =>
    text
      .split(MARK_PARTS)
      .map((part, index) => (index % 2 === 0 ? change(part) : part))
      .join('');
  const called = namesPattern(names);

  return {
    text(raw, maxLength = MAX_LENGTH) {
      const read = raw.length > MAX_READ ? raw.slice(0, MAX_READ).replace(/\S+$/, '') : raw;
      let text = visible(read);
      for (const rule of REDACTION_RULES) text = outsideMarks(text, (part) => rule(part, mark));
      if (called) text = outsideMarks(text, (part) => part.replace(called, (name) => mark('name', name)));
      return cut(text, maxLength);
    },
    counts: () => ({ ...counts }),
  };
}

/** A cut never leaves half a mark behind. */
const cut = (text: string, maxLength: number): string =>
  text.length <= maxLength ? text : `${text.slice(0, maxLength - 1).replace(/⟦[^⟧]*$/, '')}…`;

function namesPattern(names: readonly string[]): RegExp | null {
  const words = names.flatMap((name) => {
    const whole = visible(name).trim();
    // The host of an address names a company, often the one whose page this is.
    const own = whole.replace(/@.*$/, '');
    return [whole, ...own.split(/[^\p{L}\p{N}]+/u)];
  });
  const known = [...new Set(words)].filter((word) => word.length >= MIN_NAME_LENGTH && /\p{L}/u.test(word));
  if (known.length === 0) return null;
  const longestFirst = known.sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const escaped = longestFirst.map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
}
