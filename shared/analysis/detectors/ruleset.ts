/**
 * Thresholds of the frustration detectors, in one place. The rage rule is PostHog's (posthog-js, extensions/rageclick.ts,
 * read 2026-11: 3 clicks, each less than 30 px Manhattan distance and 1000 ms from the one before), widened by
 * OpenReplay's "same label" to the same element; its exclusions are Datadog's (text fields, canvas, selections) plus
 * clicks that each did something. The dead rule is PostHog's re-examination after about 1 s. The error rule is
 * Datadog's ("an error caused by the click"), taken from recorded causes.
 */
export interface Ruleset {
  readonly rage: { readonly clicks: number; readonly gapMs: number; readonly radiusPx: number };
  /** Moments on one element that are closer than this are one moment. */
  readonly mergeMs: number;
  /** An error counts as caused by a click from this strength of the link on. */
  readonly errorStrength: number;
}

/** The rules used unless an analyst tunes them. */
export const DEFAULT_RULESET: Ruleset = {
  rage: { clicks: 3, gapMs: 1000, radiusPx: 30 },
  mergeMs: 10_000,
  errorStrength: 0.3,
};
