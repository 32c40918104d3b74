import { SAME_MOMENT_MS } from '../signal-time.ts';
import { rowBox, type TimelineGeometry } from './geometry.ts';
import { itemAt } from './lane.ts';
import type { Palette } from './palette.ts';
import { pixelsOf } from './runs.ts';
import { fullView, isInView, spanOf, type View, xOf } from './scale.ts';

/** What moves over the lanes. Times are ms from the start of the session. */
export interface Overlay {
  readonly view: View;
  readonly durationMs: number;
  readonly atMs: number;
  /** Where the pointer is, px; null when it is elsewhere. */
  readonly hoverX: number | null;
  /** Hits of a search. */
  readonly hits: readonly number[];
  readonly palette: Palette;
}

/** Height of the strip that says which part of the session is in the view, px. */
const STRIP_PX = 3;

/** Half the width of the playhead's handle, px. */
const HANDLE_PX = 5;

function drawPassed(context: CanvasRenderingContext2D, geometry: TimelineGeometry, overlay: Overlay): void {
  const { view, atMs, palette } = overlay;
  context.strokeStyle = palette.text;
  for (const box of geometry.boxes) {
    const item = itemAt(box.lane, atMs + SAME_MOMENT_MS);
    const pixels = item && pixelsOf(item, view, geometry.width);
    if (!item || !pixels) continue;
    const { top, height } = rowBox(box, item.row);
    context.strokeRect(pixels.from - 0.5, top - 0.5, pixels.to - pixels.from + 1, height + 1);
  }
}

function drawPlayhead(context: CanvasRenderingContext2D, geometry: TimelineGeometry, overlay: Overlay): void {
  const { view, atMs, palette } = overlay;
  if (!isInView(view, atMs)) return;
  const x = Math.round(xOf(view, geometry.width, atMs));
  context.fillStyle = palette.accent;
  context.fillRect(x - 1, 0, 2, geometry.height);
  context.beginPath();
  context.moveTo(x - HANDLE_PX, 0);
  context.lineTo(x + HANDLE_PX, 0);
  context.lineTo(x + HANDLE_PX, geometry.rulerPx - 9);
  context.lineTo(x, geometry.rulerPx - 3);
  context.lineTo(x - HANDLE_PX, geometry.rulerPx - 9);
  context.fill();
}

/** Draws playhead, pointer and search hits; and, when only a part is in the view, which. */
export function drawOverlay(context: CanvasRenderingContext2D, geometry: TimelineGeometry, overlay: Overlay): void {
  const { width, height, rulerPx } = geometry;
  const { view, durationMs, hoverX, hits, palette } = overlay;
  context.clearRect(0, 0, width, height);
  if (hoverX !== null) {
    context.fillStyle = palette.faint;
    context.fillRect(Math.round(hoverX), 0, 1, height);
  }
  context.fillStyle = palette.tones.warning;
  let lastX = Number.NaN;
  for (const atMs of hits) {
    if (!isInView(view, atMs)) continue;
    const x = Math.round(xOf(view, width, atMs));
    if (x === lastX) continue; // hits come in the order of time: those that share a pixel come together
    lastX = x;
    context.fillRect(x - 2, rulerPx - 6, 4, 6);
    context.globalAlpha = 0.35;
    context.fillRect(x, rulerPx, 1, height - rulerPx);
    context.globalAlpha = 1;
  }
  drawPassed(context, geometry, overlay);
  const full = fullView(durationMs);
  if (spanOf(view) < full.toMs) {
    context.fillStyle = palette.tones.quiet;
    const from = (view.fromMs / full.toMs) * width;
    context.fillRect(from, height - STRIP_PX, Math.max(8, (spanOf(view) / full.toMs) * width), STRIP_PX);
  }
  drawPlayhead(context, geometry, overlay);
}
