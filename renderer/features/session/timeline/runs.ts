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

/** The whole pixels an item covers, `to` exclusive; null when it is not in the view. */
export function pixelsOf(item: LaneItem, view: View, width: number): { from: number; to: number } | null {
  if (item.atMs > view.toMs || item.endMs < view.fromMs || width < MARK_PX) return null;
  const from = Math.min(width - MARK_PX, Math.max(0, Math.floor(xOf(view, width, item.atMs))));
  const to = Math.min(width, Math.max(from + MARK_PX, Math.ceil(xOf(view, width, item.endMs))));
  return { from, to };
}

/** The items that may be seen in the view, and few others. */
export const itemsNear = ({ items, longestMs }: Lane, view: View): readonly LaneItem[] =>
  items.slice(firstFrom(items, view.fromMs - longestMs), firstAfter(items, view.toMs));

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
  for (const item of itemsNear(lane, view)) {
    const pixels = pixelsOf(item, view, columns);
    if (!pixels) continue;
    const base = item.row * stride + rankOf(item.tone);
    changes[base + pixels.from * tones] = (changes[base + pixels.from * tones] ?? 0) + 1;
    changes[base + pixels.to * tones] = (changes[base + pixels.to * tones] ?? 0) - 1;
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
