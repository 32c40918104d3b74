import { isFact } from '../../../../../shared/facts/details.ts';
import type { Signal } from '../../../../../shared/model/signal.ts';
import { type PreviewValue, readPreview } from './preview-value.ts';

/** How loud a message is. */
export const LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export type Level = (typeof LEVELS)[number];

/** What the page wrote to the console, or an error that nothing caught; the same thing several times in a row is one entry. */
export interface ConsoleEntry {
  /** Id of its first signal. */
  readonly id: string;
  /** Of the first, ms since epoch. */
  readonly at: number;
  readonly level: Level;
  readonly text: string;
  readonly args: readonly string[];
  /** Lines of the stack, without the message. */
  readonly stack: readonly string[];
  readonly repeats: number;
}

const LEVEL_OF = { error: 'error', warn: 'warn', info: 'info', log: 'info', debug: 'debug' } as const;

/** Lines of a stack that name a place; the first lines of most browsers repeat the message. */
export const stackLines = (stack: string | null | undefined): readonly string[] =>
  (stack ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^at\s|@|:\d+(?::\d+)?\)?$/.test(line));

function entryOf(signal: Signal): ConsoleEntry | null {
  const { id, at } = signal;
  if (isFact(signal, 'console')) {
    const { level, args, stack } = signal.details;
    const known = Array.isArray(args) ? args : [];
    const text = known.length > 0 ? known.join(' ') : signal.text;
    return { id, at, level: LEVEL_OF[level] ?? 'info', text, args: known, stack: stackLines(stack), repeats: 1 };
  }
  if (isFact(signal, 'error')) {
    return { id, at, level: 'error', text: signal.text, args: [], stack: stackLines(signal.details.stack), repeats: 1 };
  }
  return null;
}

const isSame = (a: ConsoleEntry, b: ConsoleEntry): boolean =>
  a.level === b.level && a.text === b.text && a.stack.join('\n') === b.stack.join('\n');

/** The entries of a session, in the order of time. */
export function consoleEntries(signals: readonly Signal[]): readonly ConsoleEntry[] {
  const entries: ConsoleEntry[] = [];
  for (const signal of signals) {
    const entry = entryOf(signal);
    if (!entry) continue;
    const before = entries.at(-1);
    if (before && isSame(before, entry)) entries[entries.length - 1] = { ...before, repeats: before.repeats + 1 };
    else entries.push(entry);
  }
  return entries;
}

/** One row of the pane: a message, or something below it. */
export interface ConsoleRow {
  /** Where it is: the entry, then the way through its parts. What is open is remembered by this. */
  readonly path: string;
  readonly entry: ConsoleEntry;
  readonly depth: number;
  /** Null where there is nothing to open. */
  readonly open: boolean | null;
  readonly content:
    | { readonly kind: 'message' }
    | { readonly kind: 'value'; readonly name: string; readonly text: string }
    | { readonly kind: 'frame'; readonly text: string };
}

/** The rows of entries, with the parts of what is open below it. */
export function consoleRows(entries: readonly ConsoleEntry[], open: ReadonlySet<string>): readonly ConsoleRow[] {
  const rows: ConsoleRow[] = [];
  const addValue = (entry: ConsoleEntry, value: PreviewValue, path: string, depth: number): void => {
    const isOpen = value.parts === null ? null : open.has(path);
    rows.push({ path, entry, depth, open: isOpen, content: { kind: 'value', name: value.name, text: value.text } });
    if (!isOpen) return;
    for (const [index, part] of value.parts?.entries() ?? []) addValue(entry, part, `${path}/${index}`, depth + 1);
  };
  for (const entry of entries) {
    const values = entry.args.flatMap((arg) => readPreview(arg) ?? []);
    const hasMore = values.length > 0 || entry.stack.length > 0;
    const isOpen = hasMore ? open.has(entry.id) : null;
    rows.push({ path: entry.id, entry, depth: 0, open: isOpen, content: { kind: 'message' } });
    if (!isOpen) continue;
    for (const [index, value] of values.entries()) addValue(entry, value, `${entry.id}/${index}`, 1);
    for (const [index, text] of entry.stack.entries()) {
      rows.push({ path: `${entry.id}/at${index}`, entry, depth: 1, open: null, content: { kind: 'frame', text } });
    }
  }
  return rows;
}
