import type { ReadEvent } from './page-change.ts';
import { countUpTo } from './timeline.ts';

/** Where the pointer was. `node` is what lay under it, 0 when that is not known. */
export interface Pointer {
  readonly x: number;
  readonly y: number;
  readonly node: number;
  readonly touch: boolean;
  /** How many times it had been pressed until then. */
  readonly presses: number;
}

/** The way of the pointer through one generation. */
export interface PointerTrack {
  add(event: ReadEvent, atMs: number): void;
  at(atMs: number): Pointer | null;
  /** Where it was during the last `forMs` before a time, oldest first, the place at that time included. */
  trail(atMs: number, forMs: number): readonly TrailPoint[];
}

/** One place of the pointer's way. */
export interface TrailPoint {
  readonly x: number;
  readonly y: number;
}

/** More points of a trail than this are no line to follow but a scribble; the newest are kept. */
const MAX_TRAIL = 200;

export function createPointerTrack(): PointerTrack {
  const times: number[] = [];
  const points: Pointer[] = [];
  let presses = 0;
  return {
    add({ points: recorded, press, touch }, atMs) {
      recorded.forEach(({ x, y, id, offsetMs }, i) => {
        if (press && i === recorded.length - 1) presses++;
        times.push(Math.max(atMs + offsetMs, times.at(-1) ?? 0));
        points.push({ x, y, node: id, touch, presses });
      });
    },
    at: (atMs) => points[countUpTo(times, atMs) - 1] ?? null,
    trail: (atMs, forMs) => {
      const to = countUpTo(times, atMs);
      const from = Math.max(countUpTo(times, atMs - forMs) - 1, to - MAX_TRAIL, 0);
      return points.slice(from, to).map(({ x, y }) => ({ x, y }));
    },
  };
}
