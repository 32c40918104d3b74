import type { Lane, LaneItem } from './lane.ts';
import { pixelsOf, rangeNear } from './runs.ts';
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
  const shown: { readonly item: LaneItem; readonly from: number; readonly to: number }[] = [];
  const [first, end] = rangeNear(lane, view);
  for (let index = first; index < end; index++) {
    const item = lane.items[index];
    const pixels = item && pixelsOf(item, view, width);
    if (!item || !pixels) continue;
    if (shown.length === MOST_LABELS) return [];
    shown.push({ item, ...pixels });
  }
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
