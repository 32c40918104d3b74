import { type Lane, type LaneItem, rankOf } from './lane.ts';
import { itemsNear, MARK_PX, pixelsOf } from './runs.ts';
import { msAt, type View } from './scale.ts';

/** How far beside a mark a pointer still means it, px. */
export const SLOP_PX = 3;

/**
 * The item of a lane that a pointer at `x` (and on `row`, null for any) means: of those under it the most important, else
 * the nearest within `SLOP_PX`.
 */
export function hitLane(lane: Lane, view: View, width: number, x: number, row: number | null): LaneItem | null {
  const around = SLOP_PX + MARK_PX + 1;
  const near = {
    fromMs: Math.max(view.fromMs, msAt(view, width, x - around)),
    toMs: Math.min(view.toMs, msAt(view, width, x + around)),
  };
  let best: LaneItem | null = null;
  let bestAway = Number.POSITIVE_INFINITY;
  for (const item of itemsNear(lane, near)) {
    if (row !== null && item.row !== row) continue;
    const pixels = pixelsOf(item, view, width);
    if (!pixels) continue;
    const away = x < pixels.from ? pixels.from - x : x >= pixels.to ? x - pixels.to + 1 : 0;
    if (away > SLOP_PX || away > bestAway) continue;
    if (best && away === bestAway && rankOf(item.tone) < rankOf(best.tone)) continue;
    best = item;
    bestAway = away;
  }
  return best;
}
