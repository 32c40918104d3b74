import { useCallback, useEffect, useRef } from 'react';
import { formatDuration } from '../../../ui/format-duration.ts';
import type { Player } from '../player.ts';
import { usePlayer } from '../use-player.ts';
import type { TimelineGeometry } from './geometry.ts';
import type { Lane, LaneItem } from './lane.ts';
import { LaneNames } from './lane-names.tsx';
import { createPainter, type Painter } from './painter.ts';
import { formatTick, stepFor } from './ruler.ts';
import { isInView, msAt } from './scale.ts';
import type { TimelineModel } from './timeline-model.ts';
import { useFollowedPlayhead } from './use-followed-playhead.ts';
import { useTimelinePointer } from './use-timeline-pointer.ts';
import './timeline.css';

/** Before anything was measured. */
const UNMEASURED: TimelineGeometry = { width: 0, height: 0, rulerPx: 0, boxes: [] };

/** The lanes lie beside their names: where those are, the canvas draws. */
function measure(host: HTMLElement, names: HTMLElement, lanes: readonly Lane[]): TimelineGeometry {
  const boxes = lanes.flatMap((lane) => {
    const name = names.querySelector<HTMLElement>(`[data-lane="${lane.id}"]`);
    return name && name.offsetHeight > 0 ? [{ lane, top: name.offsetTop, height: name.offsetHeight }] : [];
  });
  const rulerPx = names.querySelector<HTMLElement>('.ruler-tools')?.offsetHeight ?? 0;
  return { width: host.clientWidth, height: host.clientHeight, rulerPx, boxes };
}

/**
 * The session as lanes under one ruler. A click seeks (on a mark: exactly there), a drag scrubs; in the ruler, or with
 * Shift, a drag chooses a range. The wheel zooms, with Shift it pans. Playhead and pointer never go through React.
 */
export function Timeline({ player, model, lanes }: { player: Player; model: TimelineModel; lanes: readonly Lane[] }) {
  const host = useRef<HTMLDivElement>(null);
  const names = useRef<HTMLDivElement>(null);
  const tip = useRef<HTMLDivElement>(null);
  const lanesCanvas = useRef<HTMLCanvasElement>(null);
  const overlayCanvas = useRef<HTMLCanvasElement>(null);
  const geometry = useRef<TimelineGeometry>(UNMEASURED);
  const hover = useRef<number | null>(null);
  const painter = useRef<Painter | null>(null);
  const ready = usePlayer(player, (state) => state.durationMs !== null);

  useEffect(() => {
    const [element, canvas, overlay] = [host.current, lanesCanvas.current, overlayCanvas.current];
    if (!element || !canvas || !overlay) return;
    const made = createPainter(
      element,
      { lanes: canvas, overlay },
      {
        geometry: () => geometry.current,
        model,
        atMs: () => player.get().atMs,
        hoverX: () => hover.current,
        hits: () => model.get().hits,
      },
    );
    painter.current = made;
    const stop = model.subscribe(() => made.changed('lanes'));
    return () => {
      stop();
      made.stop();
      painter.current = null;
    };
  }, [model, player]);

  useEffect(() => {
    const [element, beside] = [host.current, names.current];
    if (!element || !beside) return;
    const measured = (): void => {
      geometry.current = measure(element, beside, lanes);
      painter.current?.resized();
    };
    measured();
    const observer = new ResizeObserver(measured);
    observer.observe(element);
    return () => observer.disconnect();
  }, [lanes]);

  const showPlayhead = useCallback(() => {
    const { atMs } = player.get();
    host.current?.setAttribute('aria-valuenow', String(Math.floor(atMs / 1000)));
    host.current?.setAttribute('aria-valuetext', formatDuration(atMs));
    painter.current?.changed('overlay');
  }, [player]);
  useFollowedPlayhead(player, model, showPlayhead);

  const point = useCallback(
    (x: number | null, item: LaneItem | null) => {
      hover.current = x;
      painter.current?.changed('overlay');
      const element = tip.current;
      if (!element) return;
      element.hidden = x === null;
      if (x === null) return;
      const { view } = model.get();
      const { width } = geometry.current;
      const time = formatTick(msAt(view, width, x), stepFor(view, width, 1) < 100 ? 1 : 100);
      element.replaceChildren(
        time,
        ...(item ? [Object.assign(document.createElement('b'), { textContent: item.text })] : []),
      );
      element.style.left = `${Math.min(width, Math.max(0, x))}px`;
      element.style.setProperty('--lean', `${width > 0 ? -100 * (x / width) : 0}%`);
    },
    [model],
  );
  const handlers = useTimelinePointer({ host, geometry, model, player, ready, point });
  const goTo = useCallback(
    (item: LaneItem) => {
      player.seek(item.atMs);
      player.highlight(item.node);
      if (!isInView(model.get().view, item.atMs)) model.reveal(item.atMs);
    },
    [player, model],
  );
  return (
    <section className="timeline" aria-label="Timeline">
      <LaneNames ref={names} lanes={lanes} model={model} player={player} onGo={goTo} />
      <div
        ref={host}
        role="slider"
        tabIndex={0}
        aria-label="Playhead"
        aria-valuemin={0}
        aria-valuemax={Math.floor(usePlayer(player, (state) => state.durationMs ?? 0) / 1000)}
        aria-valuenow={0}
        aria-disabled={!ready}
        className="lanes"
        {...handlers}
      >
        <canvas ref={lanesCanvas} className="lanes-layer" />
        <canvas ref={overlayCanvas} className="lanes-layer" />
        <div ref={tip} className="lanes-tip" aria-hidden hidden />
      </div>
    </section>
  );
}
