import { isFact } from '../../../../shared/facts/details.ts';
import type { Note } from '../../../../shared/model/marks.ts';
import type { Signal } from '../../../../shared/model/signal.ts';

/** Where something was found: the pane that shows it. */
export type HitPlace = 'actions' | 'console' | 'network' | 'backend' | 'notes';

/** One place of a session where the words occur. */
export interface Hit {
  readonly id: string;
  readonly place: HitPlace;
  /** Ms from the start of the session. */
  readonly atMs: number;
  readonly text: string;
  readonly node: number | null;
}

const PLACE_OF: Partial<Record<Signal['kind'], HitPlace>> = {
  ...{ console: 'console', error: 'console', request: 'network', stream: 'network', backend: 'backend' },
};
const placeOf = ({ kind }: Signal): HitPlace => PLACE_OF[kind] ?? 'actions';

/** Everything of a signal that a person could have seen in a pane. */
function wordsOf(signal: Signal): string {
  const parts: unknown[] = [signal.text, signal.page, signal.element?.selector, signal.element?.label];
  if (isFact(signal, 'console')) parts.push(...(signal.details.args ?? []), signal.details.stack);
  if (isFact(signal, 'error')) parts.push(signal.details.message, signal.details.stack, signal.details.source);
  if (isFact(signal, 'request')) {
    const { url, contentType, failure, status, method, shape } = signal.details;
    parts.push(url, contentType, failure, status, method, shape);
  }
  if (isFact(signal, 'backend')) {
    const { details } = signal;
    if ('url' in details) parts.push(details.url, details.method, details.status);
    if ('message' in details) parts.push(details.message);
    if ('stack' in details) parts.push(details.stack);
  }
  if (isFact(signal, 'stream')) parts.push(signal.details.url);
  return parts.filter((part) => part !== undefined && part !== null).join('\n');
}

/** What can be searched, prepared once: matching is one look into a text each. */
export interface Searchable {
  readonly hit: Hit;
  /** In lower case. */
  readonly words: string;
}

/** Prepares signals and notes. @param startedAt ms since epoch */
export function searchable(
  signals: readonly Signal[],
  notes: readonly Pick<Note, 'id' | 'at' | 'text'>[],
  startedAt: number,
): readonly Searchable[] {
  const ofSignals = signals.map((signal): Searchable => {
    const node = signal.element?.node ?? -1;
    const hit: Hit = {
      id: signal.id,
      place: placeOf(signal),
      atMs: signal.at - startedAt,
      text: signal.text.replaceAll(' -> ', ' → '),
      node: node >= 0 ? node : null,
    };
    return { hit, words: wordsOf(signal).toLowerCase() };
  });
  const ofNotes = notes.map(
    ({ id, at, text }): Searchable => ({
      hit: { id: `note ${id}`, place: 'notes', atMs: at - startedAt, text, node: null },
      words: text.toLowerCase(),
    }),
  );
  return [...ofSignals, ...ofNotes].sort((a, b) => a.hit.atMs - b.hit.atMs);
}

/** The hits of all words of `text` together, in the order of time; none for no words. */
export function findHits(all: readonly Searchable[], text: string): readonly Hit[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  return all.flatMap(({ hit, words }) => (wanted.every((word) => words.includes(word)) ? [hit] : []));
}

/** Index of the hit to go to first: the first at or after the playhead, else the first of all; -1 without any. */
export function firstHit(hits: readonly Hit[], atMs: number): number {
  const after = hits.findIndex((hit) => hit.atMs >= atMs);
  return after < 0 && hits.length > 0 ? 0 : after;
}
