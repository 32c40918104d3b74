import type { Lane } from './lane.ts';

/** Where a lane lies, px from the top of the canvas. */
export interface LaneBox {
  readonly lane: Lane;
  readonly top: number;
  readonly height: number;
}

/** The places of the timeline: a ruler, and the lanes below it. */
export interface TimelineGeometry {
  readonly width: number;
  readonly height: number;
  readonly rulerPx: number;
  readonly boxes: readonly LaneBox[];
}

/** What lies at a height: the ruler, or a line of a lane (`row` null where the lane has only one). */
export type Place =
  | { readonly kind: 'ruler' }
  | { readonly kind: 'lane'; readonly box: LaneBox; readonly row: number | null }
  | { readonly kind: 'nowhere' };

/** Empty px above and below the marks of a lane. */
const LANE_AIR = 3;

/** Where the marks of one line of a lane lie. */
export function rowBox({ lane, top, height }: LaneBox, row: number): { readonly top: number; readonly height: number } {
  if (lane.rows === 1) return { top: top + LANE_AIR, height: Math.max(1, height - 2 * LANE_AIR) };
  const each = (height - 2) / lane.rows;
  return { top: top + 1 + row * each, height: Math.max(1, each - 1) };
}

/** What is at `y`. */
export function placeAt({ rulerPx, boxes }: TimelineGeometry, y: number): Place {
  if (y < rulerPx) return { kind: 'ruler' };
  const box = boxes.find(({ top, height }) => y >= top && y < top + height);
  if (!box) return { kind: 'nowhere' };
  const { lane, top, height } = box;
  const row = Math.min(lane.rows - 1, Math.max(0, Math.floor(((y - top - 1) / (height - 2)) * lane.rows)));
  return { kind: 'lane', box, row: lane.rows === 1 ? null : row };
}
