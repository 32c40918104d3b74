import { clampView, fullView, panView, revealView, type View, zoomView } from './scale.ts';

/** A stretch of the session that was chosen; ms from its start, `fromMs` < `toMs`. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What the timeline shows and what is chosen on it. */
export interface TimelineState {
  readonly durationMs: number;
  readonly view: View;
  /** Every pane shows only this; null for all. */
  readonly range: TimeRange | null;
  /** Times that are marked as hits of a search, ms from the start. */
  readonly hits: readonly number[];
  /** Whether the whole session is in the view and stays there when it turns out longer. */
  readonly whole: boolean;
}

/** The one scale of a session: lanes, waterfall and panes all ask it. Not React state; those who draw subscribe. */
export interface TimelineModel {
  get(): TimelineState;
  subscribe(listener: () => void): () => void;
  setDuration(durationMs: number): void;
  /** @param factor below 1 comes closer, around `atMs`. */
  zoom(atMs: number, factor: number): void;
  pan(byMs: number): void;
  show(view: View): void;
  showAll(): void;
  /** Brings a time into the view if it is not there. */
  reveal(atMs: number): void;
  /** Null chooses the whole session again. Ends may come in any order. */
  select(range: TimeRange | null): void;
  mark(hits: readonly number[]): void;
}

/** Chosen stretches shorter than this are slips of the hand, ms. */
const SHORTEST_RANGE_MS = 1;

/** A timeline that shows all of a session. */
export function createTimelineModel(durationMs: number, range: TimeRange | null = null): TimelineModel {
  let state: TimelineState = { durationMs, view: fullView(durationMs), range, hits: [], whole: true };
  const listeners = new Set<() => void>();
  const change = (part: Partial<TimelineState>): void => {
    state = { ...state, ...part };
    for (const listener of listeners) listener();
  };
  const look = (view: View): void => {
    const { fromMs, toMs } = state.view;
    if (view.fromMs === fromMs && view.toMs === toMs) return;
    const full = fullView(state.durationMs);
    change({ view, whole: view.fromMs === full.fromMs && view.toMs === full.toMs });
  };
  return {
    get: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setDuration: (next) => {
      if (next === state.durationMs) return;
      change({ durationMs: next, view: state.whole ? fullView(next) : clampView(state.view, next) });
    },
    zoom: (atMs, factor) => look(zoomView(state.view, state.durationMs, atMs, factor)),
    pan: (byMs) => look(panView(state.view, state.durationMs, byMs)),
    show: (view) => look(clampView(view, state.durationMs)),
    showAll: () => look(fullView(state.durationMs)),
    reveal: (atMs) => look(revealView(state.view, state.durationMs, atMs)),
    select: (wanted) => {
      if (wanted === null) {
        if (state.range !== null) change({ range: null });
        return;
      }
      const fromMs = Math.max(0, Math.min(wanted.fromMs, wanted.toMs));
      const toMs = Math.min(Math.max(wanted.fromMs, wanted.toMs), fullView(state.durationMs).toMs);
      if (toMs - fromMs >= SHORTEST_RANGE_MS) change({ range: { fromMs, toMs } });
    },
    mark: (hits) => change({ hits }),
  };
}

/** Whether something that goes from `atMs` to `endMs` touches the chosen stretch. */
export const isInRange = (range: TimeRange | null, atMs: number, endMs = atMs): boolean =>
  range === null || (endMs >= range.fromMs && atMs <= range.toMs);
