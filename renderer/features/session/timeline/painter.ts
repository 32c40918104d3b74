import { watchColours } from '../../../ui/theme-tokens.ts';
import { drawLanes } from './draw-lanes.ts';
import { drawOverlay } from './draw-overlay.ts';
import type { TimelineGeometry } from './geometry.ts';
import { type Palette, readPalette } from './palette.ts';
import type { TimelineModel } from './timeline-model.ts';

/** What the painter asks for at each frame. */
export interface Painted {
  readonly geometry: () => TimelineGeometry;
  readonly model: TimelineModel;
  readonly atMs: () => number;
  readonly hoverX: () => number | null;
  readonly hits: () => readonly number[];
}

/** Draws the timeline, at most once an animation frame however often it is told that something changed. */
export interface Painter {
  /** `lanes` redraws everything, `overlay` only what moves with the playhead and the pointer. */
  changed(layer: 'lanes' | 'overlay'): void;
  /** Size of the canvas or of its text changed. */
  resized(): void;
  stop(): void;
}

/** Sets a canvas to the size of its place in the device's own pixels. */
function fitCanvas(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | null {
  const ratio = devicePixelRatio;
  const [wide, tall] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
  if (canvas.width !== wide || canvas.height !== tall) {
    canvas.width = wide;
    canvas.height = tall;
  }
  const context = canvas.getContext('2d');
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

/** Paints on two canvases that lie on each other in `host`. */
export function createPainter(
  host: HTMLElement,
  canvases: { readonly lanes: HTMLCanvasElement; readonly overlay: HTMLCanvasElement },
  painted: Painted,
): Painter {
  let palette: Palette | null = null;
  let frame: number | null = null;
  let lanesChanged = true;

  function draw(): void {
    frame = null;
    const geometry = painted.geometry();
    const { width, height } = geometry;
    palette ??= readPalette(host);
    const { view, range, durationMs } = painted.model.get();
    if (lanesChanged) {
      const context = fitCanvas(canvases.lanes, width, height);
      if (context) drawLanes(context, geometry, { view, range, palette });
      lanesChanged = false;
    }
    const context = fitCanvas(canvases.overlay, width, height);
    const [atMs, hoverX, hits] = [painted.atMs(), painted.hoverX(), painted.hits()];
    if (context) drawOverlay(context, geometry, { view, durationMs, atMs, hoverX, hits, palette });
  }
  const changed = (layer: 'lanes' | 'overlay'): void => {
    if (layer === 'lanes') lanesChanged = true;
    frame ??= requestAnimationFrame(draw);
  };
  const stopWatching = watchColours(() => {
    palette = null;
    changed('lanes');
  });
  changed('lanes');
  return {
    changed,
    resized: () => {
      palette = null;
      changed('lanes');
    },
    stop: () => {
      stopWatching();
      if (frame !== null) cancelAnimationFrame(frame);
    },
  };
}
