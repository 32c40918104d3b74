/** The stretch of a session that the timeline shows; ms from its start, `fromMs` < `toMs`. */
export interface View {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The shortest stretch that fills the timeline, ms: recorded times are whole ms, so closer than this there is nothing to see. */
export const MIN_SPAN_MS = 1;

/** Where a playhead that left the view comes back into it, as a share of the width. */
const REVEALED_AT = 0.1;

/** The whole session. */
export const fullView = (durationMs: number): View => ({ fromMs: 0, toMs: Math.max(durationMs, MIN_SPAN_MS) });

/** How long the stretch is, ms. */
export const spanOf = ({ fromMs, toMs }: View): number => toMs - fromMs;

/** Keeps a view inside the session: moved before it is cut. */
export function clampView(view: View, durationMs: number): View {
  const full = fullView(durationMs);
  const spanMs = Math.min(full.toMs, Math.max(MIN_SPAN_MS, spanOf(view)));
  const fromMs = Math.min(Math.max(0, view.fromMs), full.toMs - spanMs);
  return { fromMs, toMs: fromMs + spanMs };
}

/** Makes the stretch `factor` times as long (below 1: closer) while `atMs` stays where it is on the screen. */
export function zoomView(view: View, durationMs: number, atMs: number, factor: number): View {
  const longest = fullView(durationMs).toMs;
  const spanMs = Math.min(longest, Math.max(MIN_SPAN_MS, spanOf(view) * factor));
  const share = Math.min(1, Math.max(0, (atMs - view.fromMs) / spanOf(view)));
  const fromMs = atMs - share * spanMs;
  return clampView({ fromMs, toMs: fromMs + spanMs }, durationMs);
}

/** Moves the view along the session. */
export const panView = (view: View, durationMs: number, byMs: number): View =>
  clampView({ fromMs: view.fromMs + byMs, toMs: view.toMs + byMs }, durationMs);

/** Whether a time is on the screen. */
export const isInView = (view: View, atMs: number): boolean => atMs >= view.fromMs && atMs <= view.toMs;

/** The same view if it shows `atMs`, else one as long that does. */
export function revealView(view: View, durationMs: number, atMs: number): View {
  if (isInView(view, atMs)) return view;
  return panView(view, durationMs, atMs - REVEALED_AT * spanOf(view) - view.fromMs);
}

/** Where a time lies on a timeline of `width` px; outside of 0 to `width` when it is not in the view. */
export const xOf = (view: View, width: number, atMs: number): number => ((atMs - view.fromMs) / spanOf(view)) * width;

/** The time at a place of a timeline of `width` px. */
export const msAt = (view: View, width: number, x: number): number =>
  width <= 0 ? view.fromMs : view.fromMs + (x / width) * spanOf(view);
