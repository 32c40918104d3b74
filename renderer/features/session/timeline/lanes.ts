import type { Frustration } from '../../../../shared/model/finding.ts';
import type { Note } from '../../../../shared/model/marks.ts';
import type { Signal, SignalKind } from '../../../../shared/model/signal.ts';
import { LANE_IDS, type Lane, type LaneId, type LaneItem, type Tone } from './lane.ts';
import { rowsOf } from './waterfall.ts';

/** Everything the lanes are made of. */
export interface LaneSources {
  /** Ms since epoch: the zero of the lanes. */
  readonly startedAt: number;
  readonly signals: readonly Signal[];
  readonly frustrations: readonly Frustration[];
  readonly notes: readonly Pick<Note, 'id' | 'at' | 'endAt' | 'text'>[];
}

const LABELS: Readonly<Record<LaneId, string>> = {
  navigation: 'Navigation',
  actions: 'Actions',
  frustration: 'Frustration',
  console: 'Console',
  errors: 'Errors',
  requests: 'Requests',
  backend: 'Backend',
  performance: 'Performance',
  notes: 'Notes',
};

/** Lines of the waterfall: so many requests can be told apart at once. */
const REQUEST_ROWS = 5;

/** The lane of a signal, by its kind. */
const LANE_OF_KIND: Readonly<Record<SignalKind, LaneId>> = {
  page: 'navigation',
  state: 'navigation',
  omission: 'navigation',
  gap: 'navigation',
  click: 'actions',
  input: 'actions',
  submit: 'actions',
  form: 'actions',
  track: 'actions',
  console: 'console',
  error: 'errors',
  request: 'requests',
  backend: 'backend',
  stream: 'requests',
  vital: 'performance',
  task: 'performance',
};

/** Kinds that stay in the background of their lane: they last long, or say little by themselves. */
const QUIET: ReadonlySet<SignalKind> = new Set(['backend', 'console', 'form', 'stream', 'state', 'track']);

const toneOf = (signal: Signal): Tone => {
  if (signal.severity === 'error') return 'error';
  if (signal.severity === 'warning') return 'warning';
  if (signal.kind === 'request') return 'accent';
  if (QUIET.has(signal.kind)) return 'quiet';
  return 'plain';
};

const arrows = (text: string): string => text.replaceAll(' -> ', ' → ');

const itemOf = (signal: Signal, startedAt: number): LaneItem => {
  const atMs = signal.at - startedAt;
  const node = signal.element?.node ?? -1;
  return {
    id: signal.id,
    atMs,
    endMs: Math.max(atMs, (signal.endAt ?? signal.at) - startedAt),
    tone: toneOf(signal),
    text: arrows(signal.text),
    row: 0,
    node: node >= 0 ? node : null,
  };
};

const byTime = (a: LaneItem, b: LaneItem): number => a.atMs - b.atMs;

function laneOf(id: LaneId, unsorted: readonly LaneItem[]): Lane {
  const items = unsorted.toSorted(byTime);
  const rows = id === 'requests' ? REQUEST_ROWS : 1;
  const placed = rows === 1 ? items : withRows(items, rows);
  let longestMs = 0;
  for (const { atMs, endMs } of placed) longestMs = Math.max(longestMs, endMs - atMs);
  return { id, label: LABELS[id], items: placed, rows, longestMs };
}

function withRows(items: readonly LaneItem[], rows: number): readonly LaneItem[] {
  const places = rowsOf(items, rows);
  return items.map((item, index) => ({ ...item, row: places[index] ?? 0 }));
}

/** All lanes of a session, those without anything on them too. */
export function lanesOf({ startedAt, signals, frustrations, notes }: LaneSources): readonly Lane[] {
  const items = new Map<LaneId, LaneItem[]>(LANE_IDS.map((id) => [id, []]));
  for (const signal of signals) {
    items.get(LANE_OF_KIND[signal.kind])?.push(itemOf(signal, startedAt));
  }
  frustrations.forEach(({ at, endAt, text, node }, index) => {
    const [atMs, endMs] = [at - startedAt, endAt - startedAt];
    const id = `f${index}`;
    items.get('frustration')?.push({ id, atMs, endMs, tone: 'frustration', text, row: 0, node: node ?? null });
  });
  for (const { id, at, endAt, text } of notes) {
    const atMs = at - startedAt;
    const endMs = endAt === null ? atMs : Math.max(atMs, endAt - startedAt);
    items.get('notes')?.push({ id, atMs, endMs, tone: 'good', text, row: 0, node: null });
  }
  return LANE_IDS.map((id) => laneOf(id, items.get(id) ?? []));
}
