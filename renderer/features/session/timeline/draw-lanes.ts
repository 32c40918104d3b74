import { type LaneBox, rowBox, type TimelineGeometry } from './geometry.ts';
import { labelsOf } from './labels.ts';
import type { Palette } from './palette.ts';
import { ticksOf } from './ruler.ts';
import { runsOf } from './runs.ts';
import { type View, xOf } from './scale.ts';
import type { TimeRange } from './timeline-model.ts';

type Context = CanvasRenderingContext2D;

/** Least distance between two labels of the ruler, px. */
const TICK_PX = 88;

/** A label needs this much room, px. */
const LABEL_PX = 36;

/** As much of a text as fits, with an ellipsis; empty when nothing does. */
function fitText(context: Context, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text;
  let low = 0;
  let high = Math.min(text.length, 200);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (context.measureText(`${text.slice(0, middle)}…`).width <= room) low = middle;
    else high = middle - 1;
  }
  return low < 3 ? '' : `${text.slice(0, low)}…`;
}

/** Texts beside the marks of a lane, where there is room. */
function drawLabels(context: Context, { lane, top, height }: LaneBox, view: View, width: number, colour: string): void {
  context.fillStyle = colour;
  for (const { item, x, room } of labelsOf(lane, view, width, LABEL_PX)) {
    context.fillText(fitText(context, item.text, room), x, top + height / 2);
  }
}

function drawLane(context: Context, box: LaneBox, view: View, width: number, palette: Palette): void {
  for (const { row, x, width: px, tone } of runsOf(box.lane, view, width)) {
    const { top, height } = rowBox(box, row);
    context.fillStyle = palette.tones[tone];
    context.fillRect(x, top, px, height);
  }
  if (box.lane.rows === 1) drawLabels(context, box, view, width, palette.soft);
}

function drawRuler(context: Context, { width, height, rulerPx }: TimelineGeometry, view: View, palette: Palette): void {
  for (const { atMs, label } of ticksOf(view, width, TICK_PX)) {
    const x = Math.round(xOf(view, width, atMs));
    context.fillStyle = palette.line;
    context.fillRect(x, 0, 1, height);
    context.fillStyle = palette.faint;
    context.fillText(label, x + 7, rulerPx / 2); // beside the head of the playhead
  }
  context.fillStyle = palette.line;
  context.fillRect(0, rulerPx - 1, width, 1);
}

/** The stretch that was chosen: everything else steps back. */
function drawRange(context: Context, geometry: TimelineGeometry, view: View, range: TimeRange, palette: Palette): void {
  const { width, height, rulerPx } = geometry;
  const from = Math.min(width, Math.max(0, xOf(view, width, range.fromMs)));
  const to = Math.min(width, Math.max(0, xOf(view, width, range.toMs)));
  context.globalAlpha = 0.7;
  context.fillStyle = palette.surface;
  context.fillRect(0, rulerPx, from, height - rulerPx);
  context.fillRect(to, rulerPx, width - to, height - rulerPx);
  context.globalAlpha = 1;
  context.fillStyle = palette.accent;
  for (const [edge, atMs] of [
    [from, range.fromMs],
    [to - 1, range.toMs],
  ] as const) {
    if (atMs >= view.fromMs && atMs <= view.toMs) context.fillRect(edge, 0, 1, height);
  }
  context.fillRect(from, rulerPx - 3, Math.max(1, to - from), 3);
}

/** Draws what stands still while the playhead moves. */
export function drawLanes(
  context: Context,
  geometry: TimelineGeometry,
  { view, range, palette }: { readonly view: View; readonly range: TimeRange | null; readonly palette: Palette },
): void {
  const { width, height, boxes } = geometry;
  context.clearRect(0, 0, width, height);
  context.font = palette.font;
  context.textBaseline = 'middle';
  if (range) {
    const from = Math.max(0, xOf(view, width, range.fromMs));
    context.fillStyle = palette.chosen;
    context.fillRect(from, 0, Math.max(0, Math.min(width, xOf(view, width, range.toMs)) - from), geometry.rulerPx);
  }
  drawRuler(context, geometry, view, palette);
  context.fillStyle = palette.line;
  for (const { top, height: tall } of boxes) context.fillRect(0, top + tall - 1, width, 1);
  for (const box of boxes) drawLane(context, box, view, width, palette);
  if (range) drawRange(context, geometry, view, range, palette);
}
