import { spanOf, type View } from './scale.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Distances between labels that people can count in, ms. */
const STEPS_MS: readonly number[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 6, 12].map((hours) => hours * HOUR),
  ...[1, 7, 30, 90].map((days) => days * DAY),
];

/** One labelled place of the ruler. */
export interface Tick {
  readonly atMs: number;
  readonly label: string;
}

const pad = (value: number, digits: number): string => String(value).padStart(digits, '0');

/** A time as exact as ticks `stepMs` apart need it: `1:05`, `0:09.4`, `0:09.436`, `1:02:00`. */
export function formatTick(atMs: number, stepMs: number): string {
  const ms = Math.round(atMs);
  const seconds = Math.floor(ms / SECOND);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const head = hours > 0 ? `${hours}:${pad(minutes % 60, 2)}` : String(minutes);
  const rest = ms % SECOND;
  const fraction = stepMs >= SECOND ? '' : stepMs >= 100 ? `.${Math.floor(rest / 100)}` : `.${pad(rest, 3)}`;
  return `${head}:${pad(seconds % 60, 2)}${fraction}`;
}

/** The shortest countable distance of at least `leastPx` between two ticks, ms. */
export function stepFor(view: View, width: number, leastPx: number): number {
  const leastMs = (spanOf(view) / Math.max(1, width)) * leastPx;
  return STEPS_MS.find((step) => step >= leastMs) ?? STEPS_MS.at(-1) ?? DAY;
}

/** The ticks of a view, at least `leastPx` apart. */
export function ticksOf(view: View, width: number, leastPx: number): readonly Tick[] {
  const stepMs = stepFor(view, width, leastPx);
  const first = Math.ceil(view.fromMs / stepMs);
  const count = Math.max(0, Math.floor(view.toMs / stepMs) - first + 1);
  return Array.from({ length: count }, (_, index) => {
    const atMs = (first + index) * stepMs;
    return { atMs, label: formatTick(atMs, stepMs) };
  });
}
