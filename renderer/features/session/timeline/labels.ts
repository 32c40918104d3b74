import type { Lane, LaneItem } from './lane.ts';
import { itemsNear, pixelsOf } from './runs.ts';
import type { View } from './scale.ts';

/** More things than this in the view are too many to name. */
const MOST_LABELS = 80;

/** Px between a mark and its label, and between a label and the next mark. */
const GAP_PX = 4;

/** A place for the text of an item, px. */
export interface Label {
  readonly item: LaneItem;
  readonly x: number;
  readonly room: number;
}

/** Where on a lane there is room of at least `leastPx` beside a mark for what it is: never over a mark, nor over another text. */
export function labelsOf(lane: Lane, view: View, width: number, leastPx: number): readonly Label[] {
  const shown = itemsNear(lane, view).flatMap((item) => {
    const pixels = pixelsOf(item, view, width);
    return pixels ? [{ item, ...pixels }] : [];
  });
  if (shown.length > MOST_LABELS) return [];
  const labels: Label[] = [];
  let taken = 0;
  shown.forEach(({ item, to }, index) => {
    taken = Math.max(taken, to);
    const x = taken + GAP_PX;
    const room = (shown[index + 1]?.from ?? width) - GAP_PX - x;
    if (room >= leastPx) labels.push({ item, x, room });
  });
  return labels;
}
