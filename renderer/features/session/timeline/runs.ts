import { firstAfter, firstFrom, type Lane, type LaneItem, rankOf, TONES, type Tone } from './lane.ts';
import { type View, xOf } from './scale.ts';

/** The narrowest mark, px: narrower ones are hard to see and harder to hit. */
export const MARK_PX = 3;

/** A piece of one line of a lane in one colour; px. */
export interface Run {
  readonly row: number;
  readonly x: number;
  readonly width: number;
  readonly tone: Tone;
}

/** The first whole pixel of an item that is in the view. */
const leftOf = (item: LaneItem, view: View, width: number): number =>
  Math.min(width - MARK_PX, Math.max(0, Math.floor(xOf(view, width, item.atMs))));

/** The pixel behind its last; `left` is its first. */
const rightOf = (item: LaneItem, view: View, width: number, left: number): number =>
  Math.min(width, Math.max(left + MARK_PX, Math.ceil(xOf(view, width, item.endMs))));

const isSeen = (item: LaneItem, view: View, width: number): boolean =>
  item.atMs <= view.toMs && item.endMs >= view.fromMs && width >= MARK_PX;

/** The whole pixels an item covers, `to` exclusive; null when it is not in the view. */
export function pixelsOf(item: LaneItem, view: View, width: number): { from: number; to: number } | null {
  if (!isSeen(item, view, width)) return null;
  const from = leftOf(item, view, width);
  return { from, to: rightOf(item, view, width, from) };
}

/** From which item to before which those lie that may be seen in the view, and few others. */
export const rangeNear = ({ items, longestMs }: Lane, view: View): readonly [first: number, end: number] => [
  firstFrom(items, view.fromMs - longestMs),
  firstAfter(items, view.toMs),
];

/** The items that may be seen in the view, and few others. */
export const itemsNear = (lane: Lane, view: View): readonly LaneItem[] => lane.items.slice(...rangeNear(lane, view));

/**
 * What to paint for a lane: however many items share a pixel, it shows the most important of them. Work grows with the
 * items in the view and the width, not with how long the items are.
 */
export function runsOf(lane: Lane, view: View, width: number): readonly Run[] {
  const columns = Math.max(0, Math.floor(width));
  const tones = TONES.length;
  const stride = (columns + 1) * tones;
  // How many items of each tone begin (or, negative, end) at each pixel of each row.
  const changes = new Int32Array(stride * lane.rows);
  const [first, end] = rangeNear(lane, view);
  for (let index = first; index < end; index++) {
    const item = lane.items[index];
    if (!item || !isSeen(item, view, columns)) continue;
    const left = leftOf(item, view, columns);
    const base = item.row * stride + rankOf(item.tone);
    const opens = base + left * tones;
    const closes = base + rightOf(item, view, columns, left) * tones;
    changes[opens] = (changes[opens] ?? 0) + 1;
    changes[closes] = (changes[closes] ?? 0) - 1;
  }
  const runs: Run[] = [];
  for (let row = 0; row < lane.rows; row++) {
    const open = new Int32Array(tones);
    let begun = 0;
    let shown = -1;
    for (let x = 0; x <= columns; x++) {
      let top = -1;
      for (let tone = 0; tone < tones; tone++) {
        const count = (open[tone] ?? 0) + (changes[row * stride + x * tones + tone] ?? 0);
        open[tone] = count;
        if (count > 0 && x < columns) top = tone;
      }
      if (top === shown) continue;
      const tone = TONES[shown];
      if (tone) runs.push({ row, x: begun, width: x - begun, tone });
      begun = x;
      shown = top;
    }
  }
  return runs;
}
