import { type PointerEvent, type RefObject, useEffect, useMemo, useRef } from 'react';
import type { Player } from '../player.ts';
import { placeAt, type TimelineGeometry } from './geometry.ts';
import { hitLane } from './hit.ts';
import type { LaneItem } from './lane.ts';
import { msAt, spanOf } from './scale.ts';
import type { TimelineModel } from './timeline-model.ts';

/** A press that moves less than this is a click, px. */
const CLICK_PX = 4;

/** Zoom of one px of the wheel: a usual notch of 100 px halves or doubles nearly. */
const ZOOM_PER_PX = 0.006;

/** Px of a line, for wheels that count in lines. */
const LINE_PX = 16;

type Drag = {
  readonly kind: 'scrub' | 'range' | 'pan';
  readonly fromX: number;
  readonly fromMs: number;
  moved: boolean;
};

/** What the pointer does on the timeline. */
export function useTimelinePointer({
  host,
  geometry,
  model,
  player,
  ready,
  point,
}: {
  readonly host: RefObject<HTMLElement | null>;
  readonly geometry: RefObject<TimelineGeometry>;
  readonly model: TimelineModel;
  readonly player: Player;
  /** Whether there is a recording to seek in. */
  readonly ready: boolean;
  /** Told where the pointer is and what it means; `x` is null when it left. */
  readonly point: (x: number | null, item: LaneItem | null) => void;
}) {
  const drag = useRef<Drag | null>(null);

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault(); // React's own listener could not
      const unit = event.deltaMode === 1 ? LINE_PX : 1;
      const { view } = model.get();
      const { width } = geometry.current;
      const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        model.pan(((sideways * unit) / Math.max(1, width)) * spanOf(view));
      } else {
        const x = event.clientX - element.getBoundingClientRect().left;
        model.zoom(msAt(view, width, x), Math.exp(event.deltaY * unit * ZOOM_PER_PX));
      }
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [host, geometry, model]);

  return useMemo(() => {
    const placeOf = (event: PointerEvent): { x: number; y: number; atMs: number } => {
      const { left, top } = event.currentTarget.getBoundingClientRect();
      const { width } = geometry.current;
      const x = Math.min(width, Math.max(0, event.clientX - left));
      return { x, y: event.clientY - top, atMs: msAt(model.get().view, width, x) };
    };
    const itemAt = (x: number, y: number): LaneItem | null => {
      const place = placeAt(geometry.current, y);
      if (place.kind !== 'lane') return null;
      return hitLane(place.box.lane, model.get().view, geometry.current.width, x, place.row);
    };
    return {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.button > 1) return;
        const { x, y, atMs } = placeOf(event);
        event.currentTarget.setPointerCapture(event.pointerId);
        const inRuler = placeAt(geometry.current, y).kind === 'ruler';
        const kind = event.button === 1 || event.altKey ? 'pan' : inRuler || event.shiftKey ? 'range' : 'scrub';
        drag.current = { kind, fromX: x, fromMs: atMs, moved: false };
        if (kind !== 'scrub' || !ready) return;
        const item = itemAt(x, y);
        player.seek(item?.atMs ?? atMs);
        if (item) player.highlight(item.node);
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        const { x, y, atMs } = placeOf(event);
        const current = drag.current;
        point(x, current?.moved ? null : itemAt(x, y));
        if (!current) return;
        current.moved ||= Math.abs(x - current.fromX) >= CLICK_PX;
        if (!current.moved) return;
        if (current.kind === 'range') model.select({ fromMs: current.fromMs, toMs: atMs });
        else if (current.kind === 'pan') model.pan(current.fromMs - atMs);
        else if (ready) player.seek(atMs);
      },
      onLostPointerCapture: () => {
        const done = drag.current;
        drag.current = null;
        if (done?.kind === 'range' && !done.moved && ready) player.seek(done.fromMs);
      },
      onPointerLeave: () => point(null, null),
    };
  }, [geometry, model, player, ready, point]);
}
